// Requests over the API: asking, deciding, who sees what, every refusal.
#include <barrier>
#include <thread>

#include "api/endpoints.hpp"
#include "conversation.hpp"
#include "tests/workflow/furniture.hpp"

namespace maru::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RequestsApi : public Conversation {
protected:
    void SetUp() override {
        Conversation::SetUp();
        user("001", "佐藤 健", "top_management");
        user("003", "鈴木 美咲", "security_manager");
        user("004", "田中 亮", "");
        user("010", "加藤 彩", "");
        user("011", "高橋 誠", "");
        put("person", {{"code", "010"}, {"manager", "004"}});
        put("appointment",
            {{"role", "security_manager"}, {"person", "003"}, {"deputy", "004"}, {"from_day", "2023-04-01"}});
        put("device", workflow::personal_phone("010", "004"));
        zone_ = put("zone", workflow::server_room("004"));
        aya_ = signed_in("010");
        misaki_ = signed_in("003");
        ryo_ = signed_in("004");
    }

    static json::object phone() { return {{"kind", "personal_device"}, {"fields", {{"device", "PH003"}}}}; }
    static json::object room() { return {{"kind", "room_permission"}, {"fields", {{"zone", "Z-SERVER"}}}}; }
    Answer asked(const json::object& body) {
        Answer answer = post(aya_, "/requests", body);
        EXPECT_EQ(answer.says(), "201") << answer.text("detail");
        return answer;
    }
    static std::string at(const Answer& request, std::string_view verb = "") {
        const std::string path = "/requests/" + std::to_string(request.body.at("id").to_number<int>());
        return verb.empty() ? path : path + "/" + std::string(verb);
    }
    Answer approve(Client& client, const Answer& request) {
        return post(client, at(request, "approve"), {{"hash", request.text("hash")}});
    }
    Answer patch(Client& client, const Answer& request, const json::value& fields) {
        return ask(client, http::Method::patch, at(request), json::object{{"fields", fields}});
    }
    static std::string may(const Answer& answer, std::string_view act) {
        const json::object& one = answer.body.at("may").at(act).as_object();
        return one.at("allowed").as_bool() ? "yes" : std::string(one.at("why").as_string());
    }
    static const json::object& field(const Answer& answer, std::string_view name) {
        for (const json::value& one : answer.body.at("fields").as_array())
            if (one.at("field").as_string() == name) return one.as_object();
        static const json::object none;
        ADD_FAILURE() << "no field " << name;
        return none;
    }
    std::vector<std::string> list(Client& client, const std::string& which) {
        std::vector<std::string> codes;
        const Answer page = get(client, "/requests?which=" + which);
        for (const json::value& one : page.body.at("requests").as_array())
            codes.emplace_back(one.at("code").as_string());
        return codes;
    }
    std::int64_t zone_ = 0;
    Client aya_, misaki_, ryo_, nobody_;
};

TEST_F(RequestsApi, ShowsWhatIsAskedToWhoDecides) {
    const Answer mine = asked(phone());
    EXPECT_EQ(mine.text("code"), "RQ-0001");
    EXPECT_EQ(mine.text("state"), "asked");
    EXPECT_EQ(may(mine, "approve"), "you cannot approve your own request");
    EXPECT_EQ(may(mine, "withdraw"), "yes");
    const Answer seen = get(misaki_, at(mine));
    EXPECT_EQ(seen.text("sentence"), "permit 加藤 彩 to use the personally owned iPhone 15 for work");
    EXPECT_EQ(field(seen, "device").at("afterText").as_string(), "iPhone 15");
    EXPECT_EQ(seen.text("hash").size(), 64u);
    EXPECT_EQ(seen.body.at("checks").at(0).at("check").as_string(), "personal-devices-permitted");
    EXPECT_EQ(may(seen, "approve"), "yes");
    EXPECT_EQ(may(seen, "change"), "only the asker may do this");
    std::vector<std::string> deciders;
    for (const json::value& one : seen.body.at("deciders").as_array())
        deciders.emplace_back(one.at("title").as_string());
    EXPECT_THAT(deciders, ElementsAre("鈴木 美咲", "田中 亮"));
}

TEST_F(RequestsApi, CarriesOutWhatIsApproved) {
    const Answer mine = asked(phone());
    const Answer done = approve(misaki_, mine);
    EXPECT_EQ(done.says(), "200") << done.text("detail");
    EXPECT_EQ(done.text("state"), "done");
    EXPECT_EQ(done.body.at("decidedBy").at("title").as_string(), "鈴木 美咲");
    const auto record = std::to_string(done.body.at("result").at("id").to_number<int>());
    const Answer permission = get(misaki_, "/registers/personal_device_permission/records/" + record);
    EXPECT_EQ(permission.body.at("fields").at("approved_by").at("title").as_string(), "鈴木 美咲");
    EXPECT_EQ(permission.body.at("fields").at("approved_on").as_string(), "2026-11-24");
    EXPECT_EQ(approve(ryo_, mine).says(), "409 conflict");
    EXPECT_EQ(get(aya_, at(mine)).text("state"), "done");
}

TEST_F(RequestsApi, RefusesOwnApprovalsAndStrangers) {
    const Answer mine = asked(phone());
    const Answer own = approve(aya_, mine);
    EXPECT_EQ(own.says(), "403 forbidden");
    EXPECT_EQ(own.text("detail"), "you cannot approve your own request");
    Client makoto = signed_in("011");
    EXPECT_EQ(get(makoto, at(mine)).says(), "404 not_found");
    for (const auto* verb : {"approve", "reject", "return", "withdraw", "comments"})
        EXPECT_EQ(post(makoto, at(mine, verb), {{"hash", mine.text("hash")}, {"reason", "x"}, {"text", "x"}})
                      .says(),
                  "404 not_found")
            << verb;
    EXPECT_EQ(patch(makoto, mine, json::object{}).says(), "404 not_found");
    EXPECT_EQ(get(nobody_, at(mine)).says(), "401 sign_in");
    EXPECT_EQ(get(makoto, "/requests/RQ-0001").says(), "404 not_found");
    Client president = signed_in("001");
    EXPECT_EQ(get(president, at(mine)).says(), "200") << "top management sees all";
    EXPECT_EQ(approve(president, mine).says(), "403 forbidden") << "and does not approve this";
}

TEST_F(RequestsApi, ListsMineAndWhatIsToApprove) {
    asked(phone());
    asked(room());
    EXPECT_THAT(list(aya_, "mine"), ElementsAre("RQ-0002", "RQ-0001"));
    EXPECT_THAT(list(aya_, "to_approve"), ElementsAre());
    EXPECT_THAT(list(misaki_, "mine"), ElementsAre());
    EXPECT_THAT(list(misaki_, "to_approve"), ElementsAre("RQ-0002", "RQ-0001"));
    Client makoto = signed_in("011");
    EXPECT_THAT(list(makoto, "all"), ElementsAre());
    EXPECT_EQ(get(aya_, "/requests?which=theirs").says(), "422 invalid");
}

TEST_F(RequestsApi, NamesWhatIsWrongWithWhatIsAsked) {
    EXPECT_EQ(post(aya_, "/requests", {{"kind", "raise"}, {"fields", json::object{}}}).says(),
              "404 not_found");
    EXPECT_EQ(post(aya_, "/requests", {{"fields", json::object{}}}).says(), "422 invalid");
    const Answer wrong =
        post(aya_, "/requests", {{"kind", "personal_device"}, {"fields", {{"device", "PH999"}}}});
    EXPECT_EQ(wrong.says(), "422 invalid") << wrong.text("detail");
    EXPECT_EQ(wrong.body.at("errors").at(0).at("field").as_string(), "device");
    const json::object smuggled{{"device", "PH003"}, {"approved_by", "010"}};
    EXPECT_EQ(post(aya_, "/requests", {{"kind", "personal_device"}, {"fields", smuggled}}).says(),
              "422 invalid");
    json::object for_other = room();
    for_other["onBehalfOf"] = "003";
    EXPECT_EQ(post(aya_, "/requests", for_other).says(), "403 forbidden");
    for_other["onBehalfOf"] = "010";
    const Answer for_report = post(ryo_, "/requests", for_other);
    EXPECT_EQ(for_report.says(), "201") << for_report.text("detail");
    EXPECT_EQ(approve(ryo_, for_report).says(), "403 forbidden");
    EXPECT_EQ(get(aya_, at(for_report)).says(), "200") << "whom it is about sees it";
}

TEST_F(RequestsApi, BindsTheApprovalToWhatWasSeen) {
    const Answer mine = asked(phone());
    const Answer changed = patch(aya_, mine, json::object{{"valid_until", "2027-03-31"}});
    EXPECT_EQ(changed.says(), "200") << changed.text("detail");
    EXPECT_NE(changed.text("hash"), mine.text("hash"));
    EXPECT_EQ(approve(misaki_, mine).says(), "409 conflict");
    EXPECT_EQ(post(misaki_, at(mine, "approve")).says(), "422 invalid") << "without a hash";
    EXPECT_EQ(approve(misaki_, changed).says(), "200");
}

TEST_F(RequestsApi, ShowsWhatHasChangedInTheRecord) {
    put("room_permission", {{"person", "010"}, {"zone", "Z-SERVER"}});
    const Answer mine = asked(room());
    put("room_permission", {{"person", "010"}, {"zone", "Z-SERVER"}, {"ended_on", "2026-11-20"}});
    EXPECT_EQ(approve(misaki_, mine).says(), "409 conflict");
    const Answer now = get(misaki_, at(mine));
    EXPECT_EQ(now.body.at("changed").at("record").at(0).at("field").as_string(), "ended_on");
    EXPECT_EQ(field(now, "ended_on").at("beforeText").as_string(), "2026-11-20");
    EXPECT_EQ(field(now, "ended_on").at("afterText").as_string(), "");
    EXPECT_EQ(approve(misaki_, now).says(), "200");
}

TEST_F(RequestsApi, LetsAnApprovalLapseWithTheDifference) {
    const json::object edition{{"code", "D-01"},     {"name", "入退室規程"},          {"kind", "rule"},
                               {"edition", "第2版"}, {"in_force_from", "2026-12-01"}, {"owner", "004"}};
    const Answer rule = post(misaki_, "/requests", {{"kind", "document"}, {"fields", edition}});
    EXPECT_EQ(rule.says(), "201") << rule.text("detail");
    const Answer waiting = approve(ryo_, rule);
    EXPECT_EQ(waiting.text("state"), "approved");
    put("document",
        {{"code", "D-01"}, {"name", "規程"}, {"kind", "rule"}, {"edition", "1"}, {"owner", "004"}});
    EXPECT_EQ(get(misaki_, at(rule)).text("state"), "lapsed") << "before anybody has written it";
    ASSERT_TRUE(settle_requests(*site_));
    const Answer lapsed = get(misaki_, at(rule));
    EXPECT_EQ(lapsed.text("state"), "lapsed");
    EXPECT_FALSE(lapsed.body.at("changed").at("record").as_array().empty());
    const Answer again = patch(misaki_, rule, json::object{});
    EXPECT_EQ(again.text("state"), "asked");
    EXPECT_EQ(approve(ryo_, again).text("state"), "approved");
    now_ += 24h * 8;
    ASSERT_TRUE(settle_requests(*site_));
    Client later = signed_in("003");
    EXPECT_EQ(get(later, at(rule)).text("state"), "done");
}

TEST_F(RequestsApi, GivesBackRejectsWithdrawsAndTalks) {
    const Answer mine = asked(phone());
    EXPECT_EQ(post(misaki_, at(mine, "return"), json::object{}).says(), "422 invalid") << "without a reason";
    EXPECT_EQ(post(aya_, at(mine, "reject"), {{"reason", "x"}}).says(), "403 forbidden");
    const Answer back = post(misaki_, at(mine, "return"), {{"reason", "期限を書いてください"}});
    EXPECT_EQ(back.text("state"), "returned");
    EXPECT_EQ(back.text("reason"), "期限を書いてください");
    const Answer said = post(aya_, at(mine, "comments"), {{"text", "年度末までです"}});
    EXPECT_EQ(said.body.at("comments").at(0).at("text").as_string(), "年度末までです");
    EXPECT_EQ(said.body.at("comments").at(0).at("by").at("title").as_string(), "加藤 彩");
    EXPECT_EQ(patch(aya_, mine, json::object{{"valid_until", "2027-03-31"}}).text("state"), "asked");
    EXPECT_EQ(post(misaki_, at(mine, "reject"), {{"reason", "会社の端末を使う"}}).text("state"), "rejected");
    EXPECT_EQ(post(aya_, at(mine, "withdraw")).says(), "409 conflict");
    const Answer other = asked(room());
    EXPECT_EQ(post(misaki_, at(other, "withdraw")).says(), "403 forbidden");
    EXPECT_EQ(post(aya_, at(other, "withdraw")).text("state"), "withdrawn");
}

TEST_F(RequestsApi, TellsWhatOneMayAskFor) {
    std::vector<std::string> names;
    for (const json::value& kind : get(aya_, "/request-kinds").body.at("kinds").as_array())
        names.emplace_back(kind.at("name").as_string());
    EXPECT_THAT(names, testing::Contains("personal_device"));
    EXPECT_THAT(names, testing::Not(testing::Contains("policy")));
}

TEST_F(RequestsApi, LetsNobodyWriteTheRegisterOfRequests) {
    const Answer mine = asked(phone());
    const std::string record =
        "/registers/request/records/" + std::to_string(mine.body.at("id").to_number<int>());
    const json::object forged{{"fields", {{"state", "withdrawn"}}}};
    EXPECT_EQ(ask(misaki_, http::Method::patch, record, forged).says(), "403 forbidden");
    Client president = signed_in("001");
    EXPECT_EQ(ask(president, http::Method::patch, record, forged).says(), "403 forbidden");
}

TEST_F(RequestsApi, LetsReadingTokensDecideNothing) {
    const Answer mine = asked(phone());
    const Answer made =
        post(misaki_, "/me/tokens", {{"name", "BI"}, {"scope", "read"}, {"ends", "2027-01-31"}});
    ASSERT_EQ(made.status / 100, 2) << made.text("detail");
    Client program{.token = made.text("token"), .fetch_site = ""};
    EXPECT_EQ(get(program, at(mine)).says(), "200");
    EXPECT_EQ(approve(program, mine).says(), "403 forbidden");
    EXPECT_EQ(post(program, "/requests", room()).says(), "403 forbidden");
}

TEST_F(RequestsApi, LetsOneOfTwoApproversWin) {
    const Answer mine = asked(phone());
    std::barrier start(2);
    std::array<std::string, 2> says;
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < 2; ++i)
            threads.emplace_back([&, i] {
                start.arrive_and_wait();
                says[i] = approve(i == 0 ? misaki_ : ryo_, mine).says();
            });
    }
    EXPECT_THAT(says, testing::UnorderedElementsAre("200", "409 conflict"));
}

}  // namespace
}  // namespace maru::api
