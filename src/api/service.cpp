#include "api/service.hpp"

#include <algorithm>

#include "api/endpoints.hpp"
#include "api/idempotency.hpp"

namespace maru::api {

namespace {

constexpr std::string_view prefix = "/o/{organisation}/api/v1";

void append(std::vector<Endpoint>& to, std::vector<Endpoint> more) {
    std::ranges::move(more, std::back_inserter(to));
}

Problem sign_in_first() {
    return {401, "sign_in", {"サインインしてください。", "sign in first, or send an API token"}, {}};
}

Problem no_such_organisation() {
    return {404, "not_found", {"この組織はここにはありません。", "there is no such organisation here"}, {}};
}

// Its own words only: a parameter must not reach a header.
std::string code_of(Language language) { return language == Language::ja ? "ja" : "en"; }

void add_common_headers(http::Response& response, Language language) {
    response.headers.set("Content-Language", code_of(language));
    response.headers.add("Vary", "Accept-Language, Cookie, Authorization");
}

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= 40 && name.front() != '-' && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

}  // namespace

std::vector<Endpoint> all_endpoints() {
    std::vector<Endpoint> all;
    append(all, register_endpoints());
    append(all, session_endpoints());
    append(all, password_reset_endpoints());
    append(all, account_endpoints());
    append(all, user_endpoints());
    append(all, access_record_endpoints());
    append(all, record_endpoints());
    append(all, bulk_endpoints());
    append(all, import_endpoints());
    append(all, file_endpoints());
    append(all, ledger_endpoints());
    append(all, event_endpoints());
    append(all, request_endpoints());
    append(all, document_endpoints());
    append(all, sheet_endpoints());
    append(all, sheet_item_endpoints());
    append(all, sheet_time_endpoints());
    append(all, sheet_export_endpoints());
    append(all, pack_endpoints());
    append(all, task_endpoints());
    append(all, check_endpoints());
    append(all, claim_endpoints());
    append(all, erasure_endpoints());
    append(all, backup_endpoints());
    return all;
}

Language language_of(const http::Request& request, Language otherwise) {
    const auto wanted = request.headers.find("Accept-Language");
    if (!wanted) return otherwise;
    const std::size_t ja = wanted->find("ja");
    const std::size_t en = wanted->find("en");
    if (ja == en) return otherwise;  // neither
    return ja < en ? Language::ja : Language::en;
}

Service::Service(const Catalog& catalog, ServiceOptions options)
    : catalog_(&catalog), options_(std::move(options)), endpoints_(all_endpoints()) {}

Service::~Service() = default;

Result<Site*> Service::add_site(Site::Options options) {
    if (!is_name(options.name))
        return fail(
            ErrorKind::invalid,
            {"組織のアドレス名「" + options.name + "」は使えません。a-z、0-9、- で 40 文字まで。",
             "\"" + options.name + "\" cannot be an organisation's address: a-z, 0-9 and -, at most 40"});
    if (sites_.contains(options.name))
        return fail(ErrorKind::invalid, {"組織のアドレス名「" + options.name + "」が2つあります。",
                                         "two organisations have the address " + options.name});
    const std::string name = options.name;
    auto site = TRY(Site::open(*catalog_, std::move(options)));
    return sites_.emplace(name, std::move(site)).first->second.get();
}

Site* Service::site(std::string_view name) const {
    const auto found = sites_.find(name);
    return found == sites_.end() ? nullptr : found->second.get();
}

std::vector<http::Route> Service::routes() {
    std::vector<http::Route> all;
    for (const Endpoint& endpoint : endpoints_) {
        http::Route route;
        route.method = endpoint.method;
        route.pattern = std::string(prefix) + endpoint.pattern;
        route.work = endpoint.work;
        route.body_limit = endpoint.body_limit;
        route.handler = [this, &endpoint](http::Request& request, const http::Captures& path) {
            return answer(endpoint, request, path);
        };
        route.admit = [this, &endpoint](http::Request& request, const http::Captures& path) {
            return refusal(endpoint, request, path);
        };
        all.push_back(std::move(route));
    }
    return all;
}

struct Service::Asked {
    Site* site = nullptr;
    Authenticated by;
    std::optional<Caller> caller;
    Language language = Language::ja;

    Call call(http::Request& request, const http::Captures& path) const {
        return {request, path, *site, caller ? &*caller : nullptr, language};
    }
};

std::expected<Service::Asked, http::Response> Service::asked(const Endpoint& endpoint,
                                                             const http::Request& request,
                                                             const http::Captures& path) const {
    Asked out{site(path["organisation"]), {}, {}, language_of(request, Language::ja)};
    const auto refused = [&](const Problem& why) {
        return std::unexpected(render(why, &request, out.language));
    };
    if (!out.site) return refused(no_such_organisation());
    auto by = options_.who_asks(*out.site, request);
    // Whoever signs in may still send the cookie of a session that has ended.
    const bool may_be_nobody = endpoint.guard == Guard::anybody && !by && by.error().status == 401;
    if (!by && !may_be_nobody) return refused(by.error());
    if (by) out.by = std::move(*by);
    if (!out.by.who && endpoint.guard == Guard::signed_in) return refused(sign_in_first());
    if (!out.by.who) return out;
    const auto& who = out.by.who;
    out.language = language_of(request, who->language);
    out.caller.emplace(who, identity::Permissions(*who, out.site->directory()->grants(),
                                                  catalog_->registers_of_items(who->items)));
    return out;
}

std::optional<http::Response> Service::refusal(const Endpoint& endpoint, http::Request& request,
                                               const http::Captures& path) const {
    auto by = asked(endpoint, request, path);
    if (!by) return std::move(by.error());
    if (!endpoint.admits) return std::nullopt;
    const auto admitted = endpoint.admits(by->call(request, path));
    if (admitted) return std::nullopt;
    return render(problem_of(admitted.error()), &request, by->language);
}

http::Response Service::answer(const Endpoint& endpoint, http::Request& request, const http::Captures& path) {
    auto by = asked(endpoint, request, path);
    if (!by) return std::move(by.error());
    const Language language = by->language;
    Call call = by->call(request, path);
    const auto run = [&]() -> Result<http::Response> {
        if (endpoint.admits) TRY(endpoint.admits(call));
        return endpoint.run(call);
    };
    const auto work = [&] {
        auto answered = run();
        return answered ? std::move(*answered) : render(problem_of(answered.error()), &request, language);
    };
    const std::int64_t user = by->by.who && !endpoint.secret ? by->by.who->user : 0;
    http::Response response = once(*by->site, user, request, language, work);
    add_common_headers(response, language);
    // What the endpoint says of the session (a new one, none) comes before its renewal.
    if (!by->by.set_cookie.empty() && !response.headers.find("Set-Cookie"))
        response.headers.add("Set-Cookie", by->by.set_cookie);
    return response;
}

http::Response Service::protocol_problem(const http::Request* request, int status, const Text& why) {
    const Language language = request ? language_of(*request, Language::ja) : Language::ja;
    return render({status, "http_" + std::to_string(status), why, {}}, request, language);
}

}  // namespace maru::api
