// What attackers and unlucky clients send at once, twice, or in somebody else's name.
#include <barrier>
#include <mutex>
#include <set>
#include <thread>

#include "conversation.hpp"

namespace maru::api {
namespace {

class HostileApi : public Conversation {
protected:
    void SetUp() override {
        Conversation::SetUp();
        user("001", "山田 花子", "security_manager");
        user("003", "鈴木 太郎", "");
        manager_ = signed_in("001");
    }
    static json::object department(const std::string& code, const std::string& name) {
        return {{"fields", {{"code", code}, {"name", name}}}};
    }
    // The answers' statuses, of as many at once.
    std::multiset<int> at_once(int many, const std::function<int(int)>& one) {
        std::barrier together(many);
        std::mutex mutex;
        std::multiset<int> statuses;
        std::vector<std::jthread> threads;
        for (int i = 0; i < many; ++i)
            threads.emplace_back([&, i] {
                together.arrive_and_wait();
                const int status = one(i);
                const std::lock_guard lock(mutex);
                statuses.insert(status);
            });
        threads.clear();
        return statuses;
    }
    // As ask(), with what a client adds to the headers.
    Answer ask_with(const Client& client, http::Method method, const std::string& path,
                    const std::vector<std::pair<std::string, std::string>>& headers, std::string body) {
        http::Request request;
        request.method = method;
        request.path = "/o/acme/api/v1" + path;
        request.peer = "127.0.0.1";
        request.headers.set("Host", "maru.example.jp");
        request.headers.set("Cookie", client.cookie);
        request.headers.set("Sec-Fetch-Site", "same-origin");
        for (const auto& [name, value] : headers) request.headers.set(name, value);
        request.body = std::move(body);
        const auto match = router_.find(method, request.path);
        Client unchanged = client;
        return keep(unchanged, match.route->handler(request, match.captures));
    }

    Client manager_, nobody_;
};

TEST_F(HostileApi, OfManyChangesOfOneVersionOneWins) {
    const Answer made = post(manager_, "/registers/department/records", department("D-1", "開発部"));
    ASSERT_EQ(made.status, 201);
    const auto statuses = at_once(8, [&](int i) {
        return ask_with(manager_, http::Method::patch, "/registers/department/records/D-1",
                        {{"If-Match", "\"v1\""}, {"Content-Type", "application/json"}},
                        json::serialize(department("D-1", "開発" + std::to_string(i) + "部")))
            .status;
    });
    EXPECT_EQ(statuses.count(200), 1u);
    EXPECT_EQ(statuses.count(409), 7u);
    EXPECT_EQ(get(manager_, "/registers/department/records/D-1").body.at("version"), 2);
}

TEST_F(HostileApi, OneKeyAtOnceIsDoneOnce) {
    const auto statuses = at_once(8, [&](int) {
        return ask_with(manager_, http::Method::put, "/registers/department/records",
                        {{"Idempotency-Key", "at-once"}, {"Content-Type", "application/json"}},
                        json::serialize(department("D-ONCE", "同時")))
            .status;
    });
    EXPECT_GE(statuses.count(201), 1u);
    EXPECT_EQ(statuses.count(201) + statuses.count(409), 8u) << "done, told again, or still being done";
    EXPECT_EQ(get(manager_, "/registers/department/records?q=同時").body.at("total"), 1);
}

// Whoever planted a cookie in a browser is not in when its owner signs in.
TEST_F(HostileApi, SigningInTakesNoSessionThatWasThereBefore) {
    Client victim;
    victim.cookie = "maru-acme=planted-by-somebody";
    EXPECT_EQ(sign_in(victim, "003").says(), "200");
    EXPECT_NE(victim.cookie, "maru-acme=planted-by-somebody");
    Client attacker;
    attacker.cookie = "maru-acme=planted-by-somebody";
    EXPECT_EQ(get(attacker, "/me").says(), "401 sign_in");
    // The attacker's own session, planted: signing in ends it and begins another.
    Client planted = signed_in("001");
    const Client known = planted;
    EXPECT_EQ(sign_in(planted, "003").says(), "200");
    EXPECT_NE(planted.cookie, known.cookie);
    Client thief = known;
    EXPECT_EQ(get(thief, "/me").says(), "401 sign_in");
    EXPECT_EQ(get(planted, "/me").text("name"), "鈴木 太郎");
}

TEST_F(HostileApi, WhatFormsCanSendIsNotTaken) {
    const std::string body = json::serialize(department("D-F", "フォーム"));
    for (const auto* type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""})
        EXPECT_EQ(ask_with(manager_, http::Method::post, "/registers/department/records",
                           {{"Content-Type", type}}, body)
                      .status,
                  422)
            << type;
    EXPECT_EQ(ask_with(manager_, http::Method::post, "/registers/department/records",
                       {{"Content-Type", "application/json"}, {"Sec-Fetch-Site", "cross-site"}}, body)
                  .says(),
              "403 cross_site");
    // Signing somebody in as the attacker takes JSON, too: no form reaches it.
    EXPECT_EQ(ask_with(nobody_, http::Method::post, "/session", {{"Content-Type", "text/plain"}},
                       R"({"mail": "u003@example.jp", "password": "x"})")
                  .status,
              422);
}

// The cookie is for this host alone; what the client calls us is in no answer.
TEST_F(HostileApi, TheHostOfARequestIsNotBelieved) {
    const Answer made = ask_with(manager_, http::Method::post, "/registers/department/records",
                                 {{"Host", "evil.example"}, {"Content-Type", "application/json"}},
                                 json::serialize(department("D-H", "ホスト")));
    EXPECT_EQ(made.status, 201);
    EXPECT_FALSE(json::serialize(made.body).contains("evil.example"));
    EXPECT_EQ(ask_with(manager_, http::Method::remove, "/me/sessions",
                       {{"Host", "maru.example.jp"},
                        {"Sec-Fetch-Site", "cross-site"},
                        {"Origin", "http://maru.example.jp"}},
                       "")
                  .says(),
              "403 cross_site")
        << "the browser's word goes before the Origin";
}

TEST_F(HostileApi, NoParameterReachesSql) {
    for (const auto* path :
         {"/registers/department/records?filter=code%22:eq:x", "/registers/department/records?sort=code;--",
          "/registers/department/records?filter=code:eq' or 1=1--:x",
          "/registers/department' or '1'='1/records", "/registers/sqlite_master/records",
          "/registers/department_history/records", "/sheets/ipa-52' or 1=1--", "/checks/x' or 1=1--",
          "/requests/1' or '1'='1", "/tasks?person=1' or 1=1--", "/access-record?record=1' or 1=1--",
          "/ledger/entries?before=1;drop table entry"}) {
        const int status = get(manager_, path).status;
        EXPECT_TRUE(status == 404 || status == 422) << path << " " << status;
    }
    EXPECT_EQ(get(manager_, "/access-record?who=' or '1'='1").body.at("lines").as_array().size(), 0u);
    EXPECT_EQ(get(manager_, "/registers/department/records?q=' or 1=1 --").body.at("total"), 0);
}

TEST_F(HostileApi, DeepAndDoubledJsonIsRefused) {
    const auto says = [&](std::string body) {
        return ask_with(manager_, http::Method::post, "/registers/department/records",
                        {{"Content-Type", "application/json"}}, std::move(body))
            .status;
    };
    EXPECT_EQ(says(std::string(200'000, '[')), 422);
    EXPECT_EQ(says(R"({"fields": {"code": "D-2", "name": "a", "name": "b"}})"), 422) << "a key twice";
    EXPECT_EQ(says(R"({"fields": {"code": "D-2", "na\u006de": "a", "name": "b"}})"), 422)
        << "written otherwise";
    EXPECT_EQ(says("{\"fields\": {\"code\": \"D-2\", \"name\": \"\xff\"}}"), 422) << "no UTF-8";
    EXPECT_EQ(says(R"({"fields": {"code": "D-2", "name": "\ud800"}})"), 422) << "half a character";
    EXPECT_EQ(says(R"([{"fields": {}}])"), 422);
    EXPECT_EQ(says(""), 422);
}

// Everybody is answered alike, at once; nobody is asked for without end.
TEST_F(HostileApi, ForgottenPasswordsTellNobodyWhoIsThere) {
    std::vector<std::string> asked;
    EXPECT_EQ(post(nobody_, "/password-resets", {{"mail", mail_of("003")}}).body.at("mailed"), false)
        << "no mail goes out from here";
    site_->forgot_by([&](const std::string& mail) {
        asked.push_back(mail);
        return true;
    });
    const Answer known = post(nobody_, "/password-resets", {{"mail", mail_of("003")}});
    const Answer unknown = post(nobody_, "/password-resets", {{"mail", "x@example.jp"}});
    EXPECT_EQ(known.status, 200);
    EXPECT_EQ(known.body, unknown.body);
    EXPECT_EQ(asked.size(), 2u);
    EXPECT_EQ(post(nobody_, "/password-resets").says(), "422 invalid");
    for (int i = 0; i < 17; ++i) post(nobody_, "/password-resets", {{"mail", "x@example.jp"}});
    const Answer waits = post(nobody_, "/password-resets", {{"mail", mail_of("003")}});
    EXPECT_EQ(waits.says(), "429 wait");
    EXPECT_EQ(waits.retry_after, "300");
    Client elsewhere{.peer = "127.0.0.2"};
    EXPECT_EQ(post(elsewhere, "/password-resets", {{"mail", mail_of("003")}}).status, 200);
    Client far{.peer = "192.0.2.7"};
    EXPECT_EQ(post(far, "/password-resets", {{"mail", mail_of("003")}}).says(), "403 forbidden")
        << "mail addresses do not travel in the clear";
    now_ += 301s;
    EXPECT_EQ(post(nobody_, "/password-resets", {{"mail", mail_of("003")}}).status, 200);
    // By mail: three, then longer and longer.
    using identity::ResetCounter;
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(site_->access().count_reset(ResetCounter::mail, "A@example.jp"), 0s);
    EXPECT_EQ(site_->access().count_reset(ResetCounter::mail, "a@example.jp"), 300s);
}

TEST_F(HostileApi, ALinkForANewPasswordEndsTheSessions) {
    Client browser = signed_in("003");
    const auto id = site_->directory()->by_mail(mail_of("003"))->id;
    const auto link =
        site_->access().make_link({.kind = identity::LinkKind::reset, .user = id, .life = 3600s});
    ASSERT_TRUE(link);
    Client other;
    EXPECT_EQ(post(other, "/links/redeem", {{"link", *link}, {"password", other_password}}).says(), "200");
    EXPECT_EQ(get(browser, "/me").says(), "401 sign_in");
    EXPECT_EQ(sign_in(browser, "003").says(), "401 wrong_credentials");
    EXPECT_EQ(sign_in(browser, "003", other_password).says(), "200");
}

}  // namespace
}  // namespace maru::api
