#include <string>

#include "http/assets.hpp"
#include "server/assets.hpp"
#include "server/pages.hpp"

namespace maru::server {

namespace {

constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src "
    "'self'; "
    "font-src 'self'; manifest-src 'self'; media-src 'self' blob:; frame-src blob:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const http::Asset* find(std::string_view path) {
    for (const http::Asset& asset : assets())
        if (asset.path == path) return &asset;
    return nullptr;
}

http::Response not_there(const http::Request& request) {
    return api::Service::protocol_problem(
        &request, 404, {"このアドレスには何もありません。", "there is nothing at this address"});
}

http::Response page(const http::Request& request) {
    if (const http::Asset* const index = find("index.html")) return http::serve(request, *index);
    return http::text_response(503, "text/plain; charset=utf-8",
                               "This maru was built without its web interface (node was missing).\n");
}

http::Response file(const http::Request& request) {
    const http::Asset* const asset = find(std::string_view(request.path).substr(1));
    return asset ? http::serve(request, *asset) : not_there(request);
}

// One organisation: to it; several: nobody learns their names.
http::Response start(const http::Request& request, const api::Service& service) {
    if (service.sites().size() != 1) return page(request);
    return http::redirect("/o/" + service.sites().begin()->first + "/", 302);
}

http::Route quick(std::string pattern, http::Handler handler) {
    http::Route route;
    route.pattern = std::move(pattern);
    route.handler = std::move(handler);
    route.work = http::Work::quick;
    return route;
}

}  // namespace

std::vector<http::Route> interface_routes(const api::Service& service) {
    const auto answer_page = [](http::Request& request, const http::Captures&) { return page(request); };
    const auto answer_file = [](http::Request& request, const http::Captures&) { return file(request); };
    // A program that asks for what is not there must not get a page.
    const auto answer_nothing = [](http::Request& request, const http::Captures&) {
        return not_there(request);
    };
    std::vector<http::Route> routes{
        quick("/",
              [&service](http::Request& request, const http::Captures&) { return start(request, service); }),
        quick("/o/{organisation}/api/{path...}", answer_nothing), quick("/o/{organisation}/", answer_page),
        quick("/o/{organisation}/{page...}", answer_page)};
    for (const http::Asset& asset : assets())
        if (asset.path != "index.html") routes.push_back(quick("/" + std::string(asset.path), answer_file));
    return routes;
}

void add_safety(const http::Request& request, http::Response& response) {
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("Referrer-Policy", "same-origin");
    response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
    if (!response.headers.find("Access-Control-Allow-Origin"))
        response.headers.set("Cross-Origin-Resource-Policy", "same-origin");
    const auto type = response.headers.find("Content-Type");
    if (type && type->starts_with("text/html"))
        response.headers.set("Content-Security-Policy", std::string(policy));
    if (request.secure) response.headers.set("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace maru::server
