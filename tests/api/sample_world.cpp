#include "sample_world.hpp"

#include <gtest/gtest.h>

#include "crypto/hash.hpp"
#include "http/target.hpp"
#include "identity/totp.hpp"
#include "people.hpp"
#include "tests/identity/base32.hpp"
#include "tests/sample/sample_organisation.hpp"

namespace maru::api {

namespace {

namespace fs = std::filesystem;

// "name" of "browser(name)"; "" of somebody else.
std::string between(std::string_view who, std::string_view begin) {
    if (!who.starts_with(begin) || !who.ends_with(')')) return "";
    return std::string(who.substr(begin.size(), who.size() - begin.size() - 1));
}
std::string browser_of(std::string_view who) { return between(who, "browser("); }
std::string token_of(std::string_view who) { return between(who, "program("); }

Site::Options options_of(const fs::path& folder, Clock clock) {
    Site::Options options{"sample", folder, {}};
    options.environment.clock = std::move(clock);
    options.environment.random = crypto::random_bytes;
    options.judging = {std::chrono::minutes(1), std::chrono::minutes(1)};  // nothing stale, however slow
    options.access.password_megabytes = 1;
    options.access.password_passes = 1;
    return options;
}

}  // namespace

const Catalog& sample_catalog() {
    static const auto loaded = Catalog::load(fs::path(MARU_SOURCE_DIR) / "catalog").value();
    return *loaded;
}

SampleWorld::SampleWorld()
    : now_(sample::today.sys_days()),  // 9:00 in Japan
      service_(sample_catalog(),
               {[this](Site& site, const http::Request& request) { return authenticated(site, request); }}) {
    const fs::path original = sample::sample_organisation().folder;
    auto database = store::Database::open(original / "maru.db", store::OpenMode::read_only).value();
    EXPECT_TRUE(database.execute("vacuum into '" + (folder_ / "maru.db").string() + "'"));
    fs::copy(original / "keys", folder_ / "keys", fs::copy_options::recursive);
    const auto added = service_.add_site(options_of(folder_.path(), [this] { return now_; }));
    EXPECT_TRUE(added) << added.error().message.en;
    for (http::Route& route : service_.routes()) router_.add(std::move(route));
}

http::Response SampleWorld::ask(const conversation::Turn& turn, conversation::Names& names) {
    if (const auto secret = names.find("totp_secret"); secret != names.end())
        names["totp_code"] =
            identity::totp_code(identity::parse_base32(secret->second), identity::totp_step(now_));
    http::Request request;
    const std::string written = conversation::replace_names(turn.target, names);
    const auto target =
        http::parse_target(written.starts_with("/o/") ? written : "/o/sample/api/v1" + written);
    if (!target) return Service::protocol_problem(nullptr, 400, target.error().message);
    request.path = target->path;
    request.query = target->query;
    request.body = conversation::replace_names(turn.body, names);
    for (const auto& [name, value] : turn.headers)
        request.headers.set(name, conversation::replace_names(value, names));
    if (!request.body.empty() && !request.headers.find("Content-Type"))
        request.headers.set("Content-Type", "application/json");
    request.id = "TEST-0001";
    request.peer = "127.0.0.1";
    who_ = conversation::replace_names(turn.who, names);
    identify(request);
    http::Response response = answer(turn.method, request);
    const std::string browser = browser_of(who_);
    const auto cookie = response.headers.find("Set-Cookie");
    if (!browser.empty() && cookie) cookies_[browser] = cookie->substr(0, cookie->find(';'));
    return response;
}

// What browsers and programs send of themselves.
void SampleWorld::identify(http::Request& request) {
    if (const std::string token = token_of(who_); !token.empty())
        request.headers.set("Authorization", "Bearer " + token);
    const std::string browser = browser_of(who_);
    if (browser.empty()) return;
    request.headers.set("Host", "maru.example.jp");
    if (!cookies_[browser].empty()) request.headers.set("Cookie", cookies_[browser]);
    if (!request.headers.find("Sec-Fetch-Site") && !request.headers.find("Origin"))
        request.headers.set("Sec-Fetch-Site", "same-origin");
}

std::expected<Authenticated, Problem> SampleWorld::authenticated(Site& site,
                                                                 const http::Request& request) const {
    if (!browser_of(who_).empty() || !token_of(who_).empty()) return authenticate(site, request);
    auto who = person_who_speaks(site, who_);
    if (!who) return std::unexpected(problem_of(who.error()));
    return Authenticated{*who, ""};
}

http::Response SampleWorld::answer(const std::string& method, http::Request& request) {
    using enum http::Method;
    for (const http::Method one : {get, head, post, put, patch, remove, options})
        if (http::name_of(one) == method) request.method = one;
    const auto match = router_.find(request.method, request.path);
    if (!match.route)
        return Service::protocol_problem(&request, match.allowed.empty() ? 404 : 405, {"-", "no such route"});
    http::Response response = match.route->handler(request, match.captures);
    if (request.method == get) http::apply_conditions(request, response);
    return response;
}

std::string differs(const conversation::Turn& turn, const http::Response& response,
                    conversation::Names& names) {
    std::string why;
    const std::string text(response.text());
    if (response.status != turn.status)
        why +=
            "status: is " + std::to_string(response.status) + ", not " + std::to_string(turn.status) + "\n";
    for (const auto& [name, wanted] : turn.demanded_headers)
        if (const auto header =
                conversation::differs(wanted, response.headers.find(name).value_or("(none)"), names))
            why += name + *header + "\n";
    for (const std::string& wanted : turn.texts)
        if (!text.contains(conversation::replace_names(wanted, names))) why += wanted + " is not there\n";
    for (const std::string& unwanted : turn.no_texts)
        if (text.contains(conversation::replace_names(unwanted, names))) why += unwanted + " is there\n";
    if (!turn.demanded.empty()) {
        boost::json::error_code broken, other;
        const auto demanded = boost::json::parse(turn.demanded, broken);
        const auto value = boost::json::parse(text, other);
        if (broken || other)
            why += broken ? "what is demanded is no JSON\n" : "the answer is no JSON\n";
        else if (const auto body = conversation::differs(demanded, value, names))
            why += *body + "\n";
    }
    return why.empty() ? why : why + text.substr(0, 2000) + "\n";
}

}  // namespace maru::api
