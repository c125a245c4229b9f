// GET /events: what changes, while it changes (server-sent events).
#include "api/endpoints.hpp"

namespace maru::api {

namespace {

Result<http::Response> events(Call& call) {
    http::Response response;
    response.headers.set("Content-Type", "text/event-stream");
    response.headers.set("Cache-Control", "no-store");
    response.content = call.site.events().subscribe();
    return response;
}

}  // namespace

std::vector<Endpoint> event_endpoints() {
    return {{.pattern = "/events",
             .id = "listen",
             .tag = "about",
             .summary =
                 "Server-sent events: `change` {index, registers} after every change, `progress` {job, done, "
                 "total} of long work",
             .gives = "text/event-stream",
             .run = events,
             .work = http::Work::quick}};
}

}  // namespace maru::api
