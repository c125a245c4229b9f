#include "api/authentication.hpp"

#include <fmt/core.h>

namespace maru::api {

namespace {

constexpr std::string_view bearer = "Bearer ";

// "__Host-" binds the cookie to this host and to TLS; one per organisation, because several share a host.
std::string cookie_name(const http::Request& request, const Site& site) {
    return fmt::format("{}maru-{}", request.secure ? "__Host-" : "", site.name());
}

Problem refusal(identity::Refusal why) { return {401, "sign_in", identity::sentence_of(why), {}}; }

bool is_safe(http::Method method) {
    return method == http::Method::get || method == http::Method::head || method == http::Method::options;
}

// What the browser says of where the request comes from; programs say nothing and send no cookies by
// themselves.
bool comes_from_elsewhere(const http::Request& request) {
    if (const auto site = request.headers.find("Sec-Fetch-Site"))
        return *site != "same-origin" && *site != "none";
    const auto origin = request.headers.find("Origin");
    const auto host = request.headers.find("Host");
    if (!origin) return true;  // every browser sends one of them with a change
    return !host || *origin != std::string(request.secure ? "https://" : "http://") + std::string(*host);
}

Problem from_another_page() {
    return {403,
            "cross_site",
            {"ほかのサイトのページからの操作は受け付けません。maru の画面から操作してください。",
             "changes asked for by another site's page are refused; use maru's own pages"},
            {}};
}

std::expected<Authenticated, Problem> taken(const identity::Presented& presented, std::string cookie) {
    if (!presented) return std::unexpected(refusal(presented.why));
    return Authenticated{presented.who, std::move(cookie)};
}

}  // namespace

std::string session_cookie(const http::Request& request, const Site& site, const std::string& token) {
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax{}{}", cookie_name(request, site), token,
                       request.secure ? "; Secure" : "", token.empty() ? "; Max-Age=0" : "; Max-Age=2592000");
}

std::expected<Authenticated, Problem> authenticate(Site& site, const http::Request& request) {
    if (const auto written = request.headers.find("Authorization")) {
        if (!written->starts_with(bearer)) return std::unexpected(refusal(identity::Refusal::unknown));
        return taken(site.access().check_token(written->substr(bearer.size()), request.peer), "");
    }
    const auto cookie = request.cookie(cookie_name(request, site));
    if (!cookie || cookie->empty()) return Authenticated{};
    if (!is_safe(request.method) && comes_from_elsewhere(request))
        return std::unexpected(from_another_page());
    const identity::Presented presented = site.access().check_session(*cookie, request.peer);
    return taken(presented,
                 presented.new_token.empty() ? "" : session_cookie(request, site, presented.new_token));
}

Result<void> expect_private_channel(const http::Request& request) {
    const std::string_view peer = request.peer;
    const bool is_loopback = peer.starts_with("127.") || peer == "::1" || peer.starts_with("::ffff:127.");
    if (request.secure || is_loopback) return {};
    return fail(ErrorKind::forbidden,
                {"暗号化されていない接続ではサインインできません。https:// で開いてください。",
                 "no signing in without encryption: open this by https://"});
}

identity::Origin origin_of(const http::Request& request) {
    return {request.peer, std::string(request.headers.find("User-Agent").value_or(""))};
}

}  // namespace maru::api
