// Signing in, accounts, users: what is allowed and every refusal.
#include <fstream>

#include "conversation.hpp"
#include "tests/identity/base32.hpp"

namespace maru::api {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class IdentityApi : public Conversation {
protected:
    void SetUp() override {
        Conversation::SetUp();
        manager_ = user("001", "山田 花子", "security_manager");
        admin_ = user("002", "佐藤 管", "system_administrator");
        member_ = user("003", "鈴木 太郎", "");
    }
    Answer patch(Client& client, std::int64_t id, const json::value& body) {
        return ask(client, http::Method::patch, "/users/" + std::to_string(id), body);
    }
    static std::string at(const std::string& path, std::int64_t id) { return path + std::to_string(id); }
    // Enrols an app for the client; gives its secret.
    std::string enrol(Client& client) {
        const std::string secret = post(client, "/me/totp").text("secret");
        EXPECT_EQ(post(client, "/me/totp/confirm", {{"code", code(secret)}}).says(), "200");
        now_ += 60s;
        return secret;
    }
    std::string code(std::string_view secret) const {
        return identity::totp_code(identity::parse_base32(secret), identity::totp_step(now_));
    }
    std::int64_t manager_ = 0, admin_ = 0, member_ = 0;
    Client nobody_;
};

TEST_F(IdentityApi, SignsInAndOut) {
    EXPECT_EQ(get(nobody_, "/me").says(), "401 sign_in");
    Client browser;
    const Answer in = sign_in(browser, "003");
    EXPECT_EQ(in.text("state"), "signed_in");
    EXPECT_THAT(in.set_cookie, StartsWith("maru-acme="));
    for (const auto* attribute : {"; HttpOnly", "; SameSite=Lax", "; Path=/"})
        EXPECT_THAT(in.set_cookie, HasSubstr(attribute));
    const Answer me = get(browser, "/me");
    EXPECT_EQ(me.text("name"), "鈴木 太郎");
    EXPECT_EQ(me.text("by"), "session");
    const Client copy = browser;
    EXPECT_EQ(remove(browser, "/session").status, 204);
    EXPECT_EQ(browser.cookie, "");
    Client thief = copy;
    EXPECT_EQ(get(thief, "/me").says(), "401 sign_in") << "the session itself has ended";
    EXPECT_EQ(remove(nobody_, "/session").status, 204) << "twice is no error";
}

TEST_F(IdentityApi, BindsCookiesToTheHostOverTls) {
    Client browser{.secure = true};
    EXPECT_THAT(sign_in(browser, "003").set_cookie,
                testing::AllOf(StartsWith("__Host-maru-acme="), HasSubstr("; Secure")));
    EXPECT_EQ(get(browser, "/me").says(), "200");
}

TEST_F(IdentityApi, TakesNoPasswordInTheClearFromAnotherMachine) {
    Client far{.peer = "192.0.2.7"};
    EXPECT_EQ(sign_in(far, "003").says(), "403 forbidden");
    Client tls{.peer = "192.0.2.7", .secure = true};
    EXPECT_EQ(sign_in(tls, "003").says(), "200");
}

TEST_F(IdentityApi, RefusesWrongCredentialsAlikeAndThenMakesOnesWait) {
    for (const auto* code : {"003", "999"}) {
        Client browser;
        const Answer first = sign_in(browser, code, other_password);
        EXPECT_EQ(first.says(), "401 wrong_credentials") << code;
        for (int i = 0; i < 9; ++i) sign_in(browser, code, other_password);
        const Answer locked = sign_in(browser, code);
        EXPECT_EQ(locked.says(), "429 wait") << code;
        EXPECT_EQ(locked.retry_after, "30");
        EXPECT_THAT(locked.text("detail"), HasSubstr("30 seconds"));
    }
    EXPECT_EQ(post(nobody_, "/session", {{"mail", "a@example.jp"}}).says(), "422 invalid");
}

TEST_F(IdentityApi, RefusesWhatAnotherSitesPageSends) {
    Client browser = signed_in("003");
    Client forged = browser;
    forged.fetch_site = "cross-site";
    EXPECT_EQ(remove(forged, "/me/sessions").says(), "403 cross_site");
    forged.fetch_site = "same-site";
    EXPECT_EQ(remove(forged, "/me/sessions").says(), "403 cross_site") << "a neighbour is not us";
    forged.fetch_site = "";
    EXPECT_EQ(remove(forged, "/me/sessions").says(), "403 cross_site") << "a browser says where it stands";
    forged.origin = "http://evil.example";
    EXPECT_EQ(remove(forged, "/me/sessions").says(), "403 cross_site");
    forged.origin = "https://maru.example.jp";
    EXPECT_EQ(remove(forged, "/me/sessions").says(), "403 cross_site") << "another scheme";
    forged.origin = "http://maru.example.jp";
    EXPECT_EQ(remove(forged, "/me/sessions").says(), "200");
    forged.origin = "http://evil.example";
    EXPECT_EQ(get(forged, "/me").says(), "200") << "reading changes nothing; CORS hides the answer";
}

TEST_F(IdentityApi, TakesAStaleCookieForNobodyWhereAnybodyMayAsk) {
    Client browser = signed_in("003");
    now_ += 13h;
    EXPECT_EQ(get(browser, "/me").says(), "401 sign_in");
    EXPECT_EQ(sign_in(browser, "003").says(), "200");
    EXPECT_EQ(get(browser, "/me").says(), "200");
}

TEST_F(IdentityApi, RenewsCookiesAndEndsTheSessionWhenAnOldOneComesBack) {
    Client browser = signed_in("003");
    const Client thief_copy = browser;
    for (int i = 0; i < 4; ++i) {
        now_ += 8h;
        EXPECT_EQ(get(browser, "/me").says(), "200");
    }
    EXPECT_NE(browser.cookie, thief_copy.cookie);
    now_ += 2min;
    EXPECT_EQ(get(browser, "/me").says(), "200");
    now_ += 2min;
    Client thief = thief_copy;
    const Answer stolen = get(thief, "/me");
    EXPECT_EQ(stolen.says(), "401 sign_in");
    EXPECT_THAT(stolen.text("detail"), HasSubstr("old cookie"));
    EXPECT_EQ(get(browser, "/me").says(), "401 sign_in") << "one of the two is a thief";
}

TEST_F(IdentityApi, ListsAndEndsOnesOwnSessionsAlone) {
    Client here = signed_in("003"), there = signed_in("003"), other = signed_in("001");
    const Answer list = get(here, "/me/sessions");
    const json::array& sessions = list.body.at("sessions").as_array();
    ASSERT_EQ(sessions.size(), 2u);
    const auto id = [&](bool is_here) {
        for (const auto& one : sessions)
            if (one.at("here").as_bool() == is_here) return one.at("id").as_int64();
        return std::int64_t{0};
    };
    EXPECT_EQ(remove(other, at("/me/sessions/", id(false))).says(), "404 not_found") << "other people's ids";
    EXPECT_EQ(remove(here, "/me/sessions/x").says(), "404 not_found");
    EXPECT_EQ(remove(here, at("/me/sessions/", id(false))).status, 204);
    EXPECT_EQ(get(there, "/me").says(), "401 sign_in");
    EXPECT_EQ(get(here, "/me").says(), "200");
}

TEST_F(IdentityApi, ChangesThePassword) {
    Client browser = signed_in("003");
    const auto change = [&](std::string_view current, std::string_view wanted) {
        return ask(browser, http::Method::put, "/me/password", {{"current", current}, {"password", wanted}});
    };
    EXPECT_EQ(change(other_password, other_password).says(), "403 forbidden");
    const Answer weak = change(good_password, "aaaaaaaaaaaa");
    EXPECT_EQ(weak.says(), "422 invalid");
    EXPECT_THAT(weak.text("detail"), HasSubstr("too easy to guess"));
    EXPECT_EQ(change(good_password, other_password).status, 204);
    Client again;
    EXPECT_EQ(sign_in(again, "003").says(), "401 wrong_credentials");
    EXPECT_EQ(sign_in(again, "003", other_password).says(), "200");
    EXPECT_EQ(post(nobody_, "/password-opinion", {{"password", "aaaaaaaaaaaa"}}).body.at("accepted"), false);
}

TEST_F(IdentityApi, AsksForTheSecondFactorAndTakesACodeOnce) {
    Client browser = signed_in("003");
    EXPECT_EQ(post(browser, "/me/totp/confirm", {{"code", "123456"}}).says(), "404 not_found");
    const std::string secret = enrol(browser);
    EXPECT_EQ(get(browser, "/me").body.at("secondFactor").at("used"), true);
    EXPECT_EQ(post(browser, "/me/totp").says(), "409 conflict");
    Client second;
    const Answer first = sign_in(second, "003");
    EXPECT_EQ(first.text("state"), "code_needed");
    EXPECT_EQ(first.set_cookie, "");
    EXPECT_EQ(get(second, "/me").says(), "401 sign_in");
    const json::object step{{"pending", first.text("pending")}, {"code", code(secret)}};
    EXPECT_EQ(post(second, "/session/code", step).says(), "200");
    EXPECT_EQ(get(second, "/me").says(), "200");
    Client replay;
    const json::object again{{"pending", sign_in(replay, "003").text("pending")}, {"code", step.at("code")}};
    EXPECT_EQ(post(replay, "/session/code", again).says(), "401 wrong_credentials") << "replayed";
    EXPECT_EQ(post(replay, "/session/code", step).says(), "401 wrong_credentials") << "pending is used up";
    now_ += 30s;
    EXPECT_EQ(post(browser, "/me/totp/remove", {{"code", "000000"}}).says(), "403 forbidden");
    EXPECT_EQ(post(browser, "/me/totp/remove", {{"code", code(secret)}}).status, 204);
    EXPECT_EQ(sign_in(replay, "003").text("state"), "signed_in");
}

TEST_F(IdentityApi, GivesRecoveryCodes) {
    Client browser = signed_in("003");
    const std::string secret = enrol(browser);
    const Answer codes = post(browser, "/me/recovery-codes", {{"code", code(secret)}});
    const json::array& list = codes.body.at("recoveryCodes").as_array();
    ASSERT_EQ(list.size(), 10u);
    Client second;
    const std::string pending = sign_in(second, "003").text("pending");
    const Answer in = post(second, "/session/code", {{"pending", pending}, {"code", list[0]}});
    EXPECT_EQ(in.body.at("recoveryCodesLeft"), 9);
}

TEST_F(IdentityApi, MakesTokensThatEndAndAreRevoked) {
    Client browser = signed_in("003"), other = signed_in("001");
    EXPECT_EQ(post(browser, "/me/tokens", {{"name", "CI"}, {"scope", "root"}, {"ends", "2026-12-01"}}).says(),
              "422 invalid");
    EXPECT_EQ(post(browser, "/me/tokens", {{"name", "CI"}, {"scope", "read"}, {"ends", "2029-12-01"}}).says(),
              "422 invalid");
    const Answer made =
        post(browser, "/me/tokens", {{"name", "CI"}, {"scope", "read"}, {"ends", "2026-11-30"}});
    EXPECT_EQ(made.status, 201);
    Client program{.token = made.text("token"), .fetch_site = ""};
    EXPECT_EQ(get(program, "/me").text("by"), "token");
    EXPECT_EQ(post(program, "/me/tokens", {{"name", "x"}, {"scope", "admin"}, {"ends", "2026-12-01"}}).says(),
              "403 forbidden")
        << "a token makes no tokens";
    EXPECT_EQ(get(program, "/me/sessions").says(), "403 forbidden");
    const std::string path = at("/me/tokens/", made.body.at("id").as_int64());
    EXPECT_EQ(remove(other, path).says(), "404 not_found") << "other people's ids";
    EXPECT_EQ(get(program, "/me").says(), "200");
    now_ += 24h * 7;
    EXPECT_EQ(get(program, "/me").says(), "401 sign_in") << "its end";
    Client later = signed_in("003");
    const Answer second =
        post(later, "/me/tokens", {{"name", "CI"}, {"scope", "write"}, {"ends", "2026-12-24"}});
    Client revoked{.token = second.text("token"), .fetch_site = ""};
    EXPECT_EQ(get(revoked, "/me").says(), "200");
    EXPECT_EQ(remove(later, at("/me/tokens/", second.body.at("id").as_int64())).status, 204);
    const Answer refused = get(revoked, "/me");
    EXPECT_EQ(refused.says(), "401 sign_in");
    EXPECT_THAT(refused.text("detail"), HasSubstr("revoked"));
    Client invented{.token = "maru_" + std::string(43, 'A'), .fetch_site = ""};
    EXPECT_EQ(get(invented, "/me").says(), "401 sign_in");
}

TEST_F(IdentityApi, LetsWhoManagesTokensRevokeThem) {
    Client browser = signed_in("003"), admin = signed_in("002");
    const Answer made =
        post(browser, "/me/tokens", {{"name", "CI"}, {"scope", "read"}, {"ends", "2026-11-30"}});
    EXPECT_EQ(get(browser, "/tokens").says(), "403 forbidden");
    EXPECT_EQ(get(admin, "/tokens").body.at("tokens").as_array().size(), 1u);
    const std::string path = at("/tokens/", made.body.at("id").as_int64());
    EXPECT_EQ(remove(browser, path).says(), "403 forbidden");
    EXPECT_EQ(remove(admin, path).status, 204);
}

TEST_F(IdentityApi, InvitesAUserWhoSetsAPassword) {
    person("004", "田中 一");
    Client admin = signed_in("002"), member = signed_in("003");
    const json::object fields{{"person", "004"}, {"mail", mail_of("004")}};
    EXPECT_EQ(post(member, "/users", fields).says(), "403 forbidden");
    const Answer invited = post(admin, "/users", fields);
    ASSERT_EQ(invited.status, 201) << invited.text("detail");
    const std::string secret(invited.body.at("link").at("secret").as_string());
    EXPECT_EQ(json::value_to<std::string>(invited.body.at("link").at("path")), "/o/acme/link#" + secret);
    EXPECT_EQ(post(nobody_, "/links/look", {{"link", secret}}).text("name"), "田中 一");
    Client browser;
    const json::object redemption{{"link", secret}, {"password", good_password}};
    EXPECT_EQ(post(browser, "/links/redeem", {{"link", secret}, {"password", "u004@example.jp"}}).says(),
              "422 invalid");
    EXPECT_EQ(post(browser, "/links/redeem", redemption).says(), "200");
    EXPECT_EQ(get(browser, "/me").text("name"), "田中 一");
    EXPECT_EQ(post(browser, "/links/redeem", redemption).says(), "404 not_found") << "once";
    const Answer late = post(admin, at("/users/", member_) + "/link");
    now_ += 73h;
    EXPECT_EQ(post(nobody_, "/links/look", {{"link", late.text("secret")}}).says(), "404 not_found");
}

TEST_F(IdentityApi, SendsTheInvitationByMailWhereMailGoesOut) {
    person("004", "田中 一");
    person("005", "高橋 二");
    Client admin = signed_in("002");
    const Answer by_hand = post(admin, "/users", {{"person", "004"}, {"mail", mail_of("004")}});
    EXPECT_EQ(by_hand.body.at("link").at("mailed"), false);
    std::vector<Site::Invitation> sent;
    site_->invite_by([&](const Site::Invitation& invitation) -> Result<bool> {
        sent.push_back(invitation);
        return true;
    });
    const Answer mailed = post(admin, "/users", {{"person", "005"}, {"mail", mail_of("005")}});
    EXPECT_EQ(mailed.body.at("link").at("mailed"), true);
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_EQ(sent[0].to.mail, mail_of("005"));
    EXPECT_EQ(sent[0].inviter, "佐藤 管");
    EXPECT_EQ(sent[0].path, "link#" + json::value_to<std::string>(mailed.body.at("link").at("secret")));
    EXPECT_EQ(post(admin, at("/users/", member_) + "/link").body.at("mailed"), false) << "a reset, by hand";
}

TEST_F(IdentityApi, LetsNobodyRiseByWayOfAnAccount) {
    person("004", "田中 一");
    Client admin = signed_in("002"), manager = signed_in("001");
    for (const auto* role : {"security_manager", "hr", "auditor", "top_management"})
        EXPECT_EQ(
            post(admin, "/users", {{"person", "004"}, {"mail", mail_of("004")}, {"roles", {role}}}).says(),
            "403 forbidden")
            << role;
    EXPECT_EQ(post(admin, "/users", {{"person", "004"}, {"mail", mail_of("004")}, {"roles", {"人事・総務"}}})
                  .says(),
              "422 invalid")
        << "a label instead of the code";
    EXPECT_EQ(
        post(admin, "/users", {{"person", "004"}, {"mail", mail_of("004")}, {"roles", {"member", "hr"}}})
            .says(),
        "403 forbidden");
    EXPECT_EQ(patch(admin, member_, {{"roles", {"hr"}}}).says(), "403 forbidden");
    EXPECT_EQ(patch(admin, member_, {{"person", "004"}}).says(), "403 forbidden")
        << "somebody else's records";
    EXPECT_EQ(patch(admin, admin_, {{"roles", {"security_manager"}}}).says(), "403 forbidden");
    EXPECT_EQ(post(admin, at("/users/", manager_) + "/link").says(), "403 forbidden")
        << "a reset would be the manager's account";
    EXPECT_EQ(remove(admin, at("/users/", manager_) + "/second-factor").says(), "403 forbidden");
    EXPECT_EQ(patch(admin, manager_, {{"disabled", true}}).says(), "403 forbidden");
    EXPECT_EQ(post(admin, at("/users/", member_) + "/link").status, 201);
    EXPECT_EQ(patch(manager, member_, {{"roles", {"hr"}}}).says(), "200");
    EXPECT_EQ(patch(manager, manager_, {{"disabled", true}}).says(), "409 conflict") << "not oneself";
    EXPECT_EQ(patch(manager, 99999, {{"disabled", true}}).says(), "404 not_found");
    EXPECT_EQ(patch(manager, member_, {{"password", "x"}}).says(), "422 invalid");
}

TEST_F(IdentityApi, EndsEverythingOfADisabledUser) {
    Client manager = signed_in("001"), member = signed_in("003");
    const Answer made =
        post(member, "/me/tokens", {{"name", "CI"}, {"scope", "read"}, {"ends", "2026-11-30"}});
    Client program{.token = made.text("token"), .fetch_site = ""};
    EXPECT_EQ(patch(manager, member_, {{"disabled", true}}).says(), "200");
    EXPECT_EQ(get(member, "/me").says(), "401 sign_in");
    EXPECT_EQ(get(program, "/me").says(), "401 sign_in");
    Client again;
    EXPECT_EQ(sign_in(again, "003").says(), "401 wrong_credentials");
    EXPECT_EQ(patch(manager, member_, {{"disabled", false}}).says(), "200");
    EXPECT_EQ(get(program, "/me").says(), "401 sign_in") << "revoked for good";
    EXPECT_EQ(sign_in(again, "003").says(), "200");
}

TEST_F(IdentityApi, SaysWhoTheUsersAre) {
    Client admin = signed_in("002"), member = signed_in("003");
    EXPECT_EQ(get(member, "/users").says(), "403 forbidden");
    const Answer list = get(admin, "/users");
    const json::array& users = list.body.at("users").as_array();
    EXPECT_EQ(users[0].at("manageable"), false) << "the security manager";
    EXPECT_EQ(users[2].at("manageable"), true);
    EXPECT_EQ(users[2].at("state"), "active");
}

// Roles across, endpoints down: what each may ask for.
TEST_F(IdentityApi, LetsEachRoleAskForItsOwn) {
    std::vector<Client> clients;
    int code = 10;
    for (const auto* role : {"top_management", "security_manager", "security_office", "hr", "it", "",
                             "auditor", "system_administrator"}) {
        user("0" + std::to_string(code), "利用者 " + std::to_string(code), role);
        clients.push_back(signed_in("0" + std::to_string(code++)));
    }
    std::string table = "\n";
    for (const auto* path : {"/me", "/me/sessions", "/me/tokens", "/users", "/tokens", "/access-record",
                             "/access-record/verification", "/registers/app_user/records",
                             "/registers/my_number_file/records"}) {
        std::string row;
        for (Client& client : clients) row += get(client, path).status == 200 ? " yes " : "  -  ";
        table += row.substr(0, row.find_last_not_of(' ') + 1) + " " + path + "\n";
    }
    // top secm office hr  it member audit admin
    EXPECT_EQ(table, R"(
 yes  yes  yes  yes  yes  yes  yes  yes /me
 yes  yes  yes  yes  yes  yes  yes  yes /me/sessions
 yes  yes  yes  yes  yes  yes  yes  yes /me/tokens
  -   yes   -    -    -    -    -   yes /users
  -   yes   -    -    -    -    -   yes /tokens
 yes  yes   -    -    -    -   yes   - /access-record
 yes  yes   -    -    -    -   yes   - /access-record/verification
 yes  yes  yes  yes  yes  yes  yes  yes /registers/app_user/records
 yes  yes   -   yes   -    -   yes   - /registers/my_number_file/records
)");
    // Of the users, those who may see only themselves get one.
    EXPECT_EQ(get(clients[5], "/registers/app_user/records").body.at("records").as_array().size(), 1u);
    EXPECT_EQ(get(clients[2], "/registers/app_user/records").body.at("records").as_array().size(), 11u);
}

TEST_F(IdentityApi, ShowsAnAuditorOfSomeItemsWhatTheirChecksRead) {
    put("app_user", {{"mail", "audit@example.com"},
                     {"name", "監査 三郎"},
                     {"roles", "auditor"},
                     {"items", "8"},
                     {"to_day", "2026-12-31"}});
    const auto id = site_->directory()->by_mail("audit@example.com")->id;
    const auto link = site_->access().make_link({.kind = identity::LinkKind::sign_in, .user = id});
    Client auditor;
    EXPECT_EQ(post(auditor, "/links/redeem", {{"link", *link}}).says(), "200");
    const auto of_item = site_->catalog().registers_of_items({"8"});
    ASSERT_FALSE(of_item.empty());
    EXPECT_EQ(get(auditor, "/registers/" + *of_item.begin() + "/records").says(), "200");
    EXPECT_FALSE(of_item.contains("my_number_file"));
    EXPECT_EQ(get(auditor, "/registers/my_number_file/records").says(), "403 forbidden");
    EXPECT_EQ(get(auditor, "/registers/app_user/records").says(), "403 forbidden");
    now_ += 24h * 60;
    EXPECT_EQ(get(auditor, "/me").says(), "401 sign_in") << "after the last day";
}

// Answers with secrets are not kept to be given again.
TEST_F(IdentityApi, RemembersNoSecretUnderAnIdempotencyKey) {
    Client browser = signed_in("003");
    browser.idempotency_key = "k1";
    const json::object body{{"name", "CI"}, {"scope", "read"}, {"ends", "2026-11-30"}};
    const Answer first = post(browser, "/me/tokens", body), second = post(browser, "/me/tokens", body);
    EXPECT_EQ(first.status, 201);
    EXPECT_NE(first.text("token"), second.text("token"));
    std::ifstream file(folder_ / "acme/access.db-wal", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    EXPECT_FALSE(bytes.contains(first.text("token")));
}

TEST_F(IdentityApi, DoesTheSameRequestOnce) {
    Client manager = signed_in("001");
    manager.idempotency_key = "k2";
    const json::object body{{"fields", {{"code", "custodian"}, {"name", "資産係"}}}};
    const Answer first = post(manager, "/registers/custom_role/records", body),
                 second = post(manager, "/registers/custom_role/records", body);
    EXPECT_EQ(first.status, 201) << json::serialize(first.body);
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(first.body, second.body);
    EXPECT_EQ(
        post(manager, "/registers/custom_role/records", {{"fields", {{"code", "x"}, {"name", "y"}}}}).says(),
        "422 idempotency_key");
}

class FirstRun : public Conversation {};

TEST_F(FirstRun, MakesTheFirstPersonAndUserByTheLinkOfTheHost) {
    const auto link = site_->access().make_link({.kind = identity::LinkKind::setup, .life = 900s});
    ASSERT_TRUE(link);
    Client browser;
    const Answer looked = post(browser, "/links/look", {{"link", *link}});
    EXPECT_EQ(looked.text("kind"), "setup");
    EXPECT_EQ(looked.body.at("needsName"), true);
    json::object body{{"link", *link}, {"password", good_password}};
    EXPECT_EQ(post(browser, "/links/redeem", body).says(), "422 invalid") << "who?";
    body["name"] = "山田 花子";
    EXPECT_EQ(post(browser, "/links/redeem", body).says(), "422 invalid") << "mail?";
    body["mail"] = "hanako@example.jp";
    const Answer done = post(browser, "/links/redeem", body);
    ASSERT_EQ(done.says(), "200") << done.text("detail");
    const Answer me = get(browser, "/me");
    EXPECT_EQ(me.text("name"), "山田 花子");
    EXPECT_THAT(json::serialize(me.body.at("roles")), HasSubstr("security_manager"));
    Client other;
    body["mail"] = "evil@example.jp";
    EXPECT_EQ(post(other, "/links/redeem", body).says(), "404 not_found") << "once";
}

TEST_F(FirstRun, FindsThePersonByMail) {
    const auto id = put("person", {{"code", "001"},
                                   {"name", "山田 花子"},
                                   {"employment", "employee"},
                                   {"joined_on", "2020-04-01"},
                                   {"mail", "hanako@example.jp"}});
    const auto link = site_->access().make_link({.kind = identity::LinkKind::setup, .life = 900s});
    Client browser;
    EXPECT_EQ(post(browser, "/links/look", {{"link", *link}}).body.at("needsName"), false);
    json::object body{{"link", *link}, {"password", good_password}, {"mail", "nobody@example.jp"}};
    EXPECT_EQ(post(browser, "/links/redeem", body).says(), "422 invalid");
    body["mail"] = "Hanako@example.jp";
    ASSERT_EQ(post(browser, "/links/redeem", body).says(), "200");
    EXPECT_EQ(get(browser, "/me").body.at("person"), id);
}

TEST_F(FirstRun, BindsTheLinkToAPerson) {
    const auto id = person("001", "山田 花子");
    const auto link =
        site_->access().make_link({.kind = identity::LinkKind::setup, .person = id, .life = 900s});
    Client browser;
    EXPECT_EQ(post(browser, "/links/look", {{"link", *link}}).text("name"), "山田 花子");
    const Answer done = post(browser, "/links/redeem",
                             {{"link", *link}, {"password", good_password}, {"mail", "hanako@example.jp"}});
    ASSERT_EQ(done.says(), "200") << done.text("detail");
    EXPECT_EQ(get(browser, "/me").body.at("person"), id);
}

class AccessRecordApi : public IdentityApi {};

TEST_F(AccessRecordApi, ShowsWhoReadPersonalDataToThoseWhoMaySee) {
    Client member = signed_in("003"), manager = signed_in("001");
    EXPECT_EQ(get(member, "/registers/person/records/001").says(), "200");
    EXPECT_EQ(get(member, "/access-record").says(), "403 forbidden");
    ASSERT_TRUE(site_->access().seal_accesses(site_->organisation()));
    site_->committed_checkpoint();
    const Answer list = get(manager, "/access-record");
    const json::array& lines = list.body.at("lines").as_array();
    ASSERT_EQ(lines.size(), 1u) << json::serialize(list.body);
    EXPECT_EQ(lines[0].at("register"), "person");
    EXPECT_TRUE(lines[0].at("entry").is_int64());
    EXPECT_THAT(json::serialize(lines[0].at("fields")), HasSubstr("\"name\""));
    EXPECT_EQ(get(manager, "/access-record/verification").body.at("lines"), 1);
}

}  // namespace
}  // namespace maru::api
