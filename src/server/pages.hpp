// What the server answers besides the API: the web interface's files, health, metrics.
#pragma once

#include <vector>

#include "api/service.hpp"
#include "http/router.hpp"
#include "http/server.hpp"

namespace maru::server {

// The web interface: the same constant page for every address below /o/NAME/, and the files that it loads.
std::vector<http::Route> interface_routes(const api::Service& service);

// GET /healthz: 200 while every organisation can be read, else 503, for load balancers. GET /metrics:
// counters in the text format of Prometheus, for this machine only. `statistics` is asked each time.
std::vector<http::Route> health_routes(const api::Service& service,
                                       std::function<http::Statistics()> statistics);

// The ledger for anybody, as C2SP tlog-tiles has it: /o/NAME/log/checkpoint and /o/NAME/log/tile/…,
// cacheable.
std::vector<http::Route> log_routes(const api::Service& service);

// Headers that every answer carries: no sniffing, no framing, the content security policy, HSTS over TLS.
void add_safety(const http::Request& request, http::Response& response);

}  // namespace maru::server
