#include "ledger/stored_tiles.hpp"
#include "server/pages.hpp"

namespace maru::server {

namespace {

// Full tiles and partial ones never change; the checkpoint does every second.
std::string_view cache_control(std::string_view file) {
    return file == "checkpoint" ? "no-cache" : "public, max-age=31536000, immutable";
}

http::Response log_file(const api::Service& service, const http::Request& request,
                        const http::Captures& path) {
    api::Site* const site = service.site(path["organisation"]);
    const std::string& file = path["file"];
    const auto reader = site ? site->readers().now() : fail(ErrorKind::not_found, {});
    const auto bytes = reader ? ledger::stored_file(**reader, file) : std::unexpected(reader.error());
    if (!bytes)
        return api::Service::protocol_problem(
            &request, 404, {"記録簿にこのファイルはありません。", "the log has no such file"});
    http::Response response = http::text_response(
        200, file == "checkpoint" ? "text/plain; charset=utf-8" : "application/octet-stream",
        std::string(bytes->begin(), bytes->end()));
    response.headers.set("Cache-Control", std::string(cache_control(file)));
    response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
}

}  // namespace

std::vector<http::Route> log_routes(const api::Service& service) {
    http::Route route;
    route.pattern = "/o/{organisation}/log/{file...}";
    route.handler = [&service](http::Request& request, const http::Captures& path) {
        return log_file(service, request, path);
    };
    return {route};
}

}  // namespace maru::server
