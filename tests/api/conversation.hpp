// Conversations with the API without a network: requests as browsers and programs send them.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "api/service.hpp"
#include "http/router.hpp"
#include "tests/store/temporary_folder.hpp"

namespace maru::api {

using namespace std::chrono_literals;
namespace json = boost::json;

constexpr std::string_view good_password = "錨と灯台 nine lanterns";
constexpr std::string_view other_password = "砂丘の向こう quiet river";

// One browser or program: its cookie, its token, what it says of where it stands.
struct Client {
    std::string cookie;  // "maru-acme=…"
    std::string token;
    std::string fetch_site = "same-origin";  // "" = a program
    std::string origin;
    std::string idempotency_key;
    std::string peer = "127.0.0.1";
    bool secure = false;
};

struct Answer {
    int status = 0;
    json::value body;
    std::string set_cookie;
    std::string retry_after;
    // The member, "" when it is not there.
    std::string text(std::string_view name) const {
        const auto* member = body.is_object() ? body.get_object().if_contains(name) : nullptr;
        return member && member->is_string() ? std::string(member->get_string()) : std::string();
    }
    // "401 sign_in"; "200" without a problem.
    std::string says() const {
        const std::string type = text("type");
        return std::to_string(status) + (type.empty() ? "" : " " + type.substr(type.rfind('/') + 1));
    }
};

class Conversation : public ::testing::Test {
protected:
    // One catalog for all of them; one organisation for each.
    static const Catalog& catalog() {
        static const auto loaded = [] {
            auto catalog = Catalog::load(MARU_SOURCE_DIR "/catalog");
            if (!catalog) ADD_FAILURE() << catalog.error().message.en;
            return std::move(*catalog);
        }();
        return *loaded;
    }

    void SetUp() override {
        environment_.clock = [this] { return now_; };
        ASSERT_TRUE(registers::Organisation::create(folder_ / "acme", catalog().schema, environment_));
        serve();
    }

    void serve() {
        router_ = http::Router();
        service_ = std::make_unique<Service>(catalog());
        Site::Options options{.name = "acme", .folder = folder_ / "acme", .environment = environment_};
        options.access.password_megabytes = 1;
        options.access.password_passes = 1;
        auto site = service_->add_site(options);
        ASSERT_TRUE(site) << site.error().message.en;
        site_ = *site;
        for (http::Route& route : service_->routes()) router_.add(std::move(route));
    }

    Answer ask(Client& client, http::Method method, const std::string& path,
               const json::value& body = nullptr) {
        http::Request request;
        request.method = method;
        request.path = "/o/acme/api/v1" + path.substr(0, path.find('?'));
        if (const std::size_t query = path.find('?'); query != std::string::npos)
            for (const std::string& pair : split(path.substr(query + 1), '&'))
                request.query.emplace_back(pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1));
        request.id = "7F3A-21C0";
        request.peer = client.peer;
        request.secure = client.secure;
        request.headers.set("Host", "maru.example.jp");
        request.headers.set("User-Agent", "Firefox");
        request.headers.set("Accept-Language", "en");
        if (!client.cookie.empty()) request.headers.set("Cookie", client.cookie);
        if (!client.token.empty()) request.headers.set("Authorization", "Bearer " + client.token);
        if (!client.fetch_site.empty()) request.headers.set("Sec-Fetch-Site", client.fetch_site);
        if (!client.idempotency_key.empty()) request.headers.set("Idempotency-Key", client.idempotency_key);
        if (!client.origin.empty()) request.headers.set("Origin", client.origin);
        if (!body.is_null()) {
            request.headers.set("Content-Type", "application/json");
            request.body = json::serialize(body);
        }
        const auto match = router_.find(method, request.path);
        if (!match.route) return {.status = 404, .body = {}, .set_cookie = {}, .retry_after = {}};
        return keep(client, match.route->handler(request, match.captures));
    }
    Answer get(Client& client, const std::string& path) { return ask(client, http::Method::get, path); }
    Answer post(Client& client, const std::string& path, const json::value& body = json::object()) {
        return ask(client, http::Method::post, path, body);
    }
    Answer remove(Client& client, const std::string& path) { return ask(client, http::Method::remove, path); }

    // As a browser does with what it gets.
    static Answer keep(Client& client, const http::Response& response) {
        Answer answer{.status = response.status, .body = {}, .set_cookie = {}, .retry_after = {}};
        if (!response.text().empty()) answer.body = json::parse(response.text());
        answer.set_cookie = response.headers.find("Set-Cookie").value_or("");
        answer.retry_after = response.headers.find("Retry-After").value_or("");
        if (!answer.set_cookie.empty()) {
            client.cookie = answer.set_cookie.substr(0, answer.set_cookie.find(';'));
            if (client.cookie.ends_with('=')) client.cookie.clear();
        }
        return answer;
    }

    std::int64_t put(const std::string& name, registers::WrittenFields fields) {
        auto change = site_->put({name, {}, {}, std::move(fields), false}, "");
        EXPECT_TRUE(change) << change.error().message.en;
        return change ? change->id : 0;
    }
    std::int64_t person(const std::string& code, const std::string& name) {
        return put("person", {{"code", code},
                              {"name", name},
                              {"employment", "employee"},
                              {"joined_on", "2020-04-01"},
                              {"phone", "03-1234-567" + code.substr(code.size() - 1)}});
    }
    // A person who is a user with these roles and the good password.
    std::int64_t user(const std::string& code, const std::string& name, const std::string& roles) {
        person(code, name);
        const std::int64_t id =
            put("app_user", {{"person", code}, {"mail", mail_of(code)}, {"roles", roles}});
        auto link = site_->access().make_link({.kind = identity::LinkKind::invitation, .user = id});
        EXPECT_TRUE(link && site_->access().redeem_link(*link, good_password, {"127.0.0.1", "test"}));
        EXPECT_TRUE(site_->access().end_sessions(id));
        return id;
    }
    static std::string mail_of(const std::string& code) { return "u" + code + "@example.jp"; }

    Answer sign_in(Client& client, const std::string& code, std::string_view password = good_password) {
        return post(client, "/session", {{"mail", mail_of(code)}, {"password", password}});
    }
    Client signed_in(const std::string& code) {
        Client client;
        EXPECT_EQ(sign_in(client, code).says(), "200");
        return client;
    }

    Instant now_ = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24);
    store::TemporaryFolder folder_;
    registers::Environment environment_;
    std::unique_ptr<Service> service_;
    Site* site_ = nullptr;
    http::Router router_;
};

}  // namespace maru::api
