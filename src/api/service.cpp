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
    append(all, exception_endpoints());
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
        all.push_back(std::move(route));
    }
    return all;
}

http::Response Service::answer(const Endpoint& endpoint, http::Request& request, const http::Captures& path) {
    Language language = language_of(request, Language::ja);
    Site* const found = site(path["organisation"]);
    if (!found) return render(no_such_organisation(), &request, language);
    const auto asks = options_.who_asks(*found, request);
    // Whoever signs in may still send the cookie of a session that has ended.
    const bool may_be_nobody = endpoint.guard == Guard::anybody && !asks && asks.error().status == 401;
    if (!asks && !may_be_nobody) return render(asks.error(), &request, language);
    const Authenticated by = asks.value_or(Authenticated{});
    if (!by.who && endpoint.guard == Guard::signed_in) return render(sign_in_first(), &request, language);
    std::optional<Caller> caller;
    const auto directory = found->directory();
    if (by.who) {
        language = language_of(request, by.who->language);
        caller.emplace(by.who, identity::Permissions(*by.who, directory->grants(),
                                                     catalog_->registers_of_items(by.who->items)));
    }
    Call call{request, path, *found, caller ? &*caller : nullptr, language};
    const auto work = [&] {
        auto answered = endpoint.run(call);
        return answered ? std::move(*answered) : render(problem_of(answered.error()), &request, language);
    };
    const std::int64_t user = by.who && !endpoint.secret ? by.who->user : 0;
    http::Response response = once(*found, user, request, language, work);
    add_common_headers(response, language);
    // What the endpoint says of the session (a new one, none) comes before its renewal.
    if (!by.set_cookie.empty() && !response.headers.find("Set-Cookie"))
        response.headers.add("Set-Cookie", by.set_cookie);
    return response;
}

http::Response Service::protocol_problem(const http::Request* request, int status, const Text& why) {
    const Language language = request ? language_of(*request, Language::ja) : Language::ja;
    return render({status, "http_" + std::to_string(status), why, {}}, request, language);
}

}  // namespace maru::api
