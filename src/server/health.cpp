#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "server/pages.hpp"

namespace maru::server {

namespace {

// A proxy or a monitor on this machine; others have no business with our numbers.
bool is_this_machine(const http::Request& request) {
    return request.peer == "127.0.0.1" || request.peer == "::1";
}

// The worst of all organisations'. It does not take the server out of service.
std::string backups_line(const api::Service& service) {
    using State = backup::Health::State;
    State worst = State::off;
    for (const auto& [name, site] : service.sites()) worst = std::max(worst, site->backups().state);
    switch (worst) {
        case State::off: return "backups: off\n";
        case State::waiting: return "backups: the first one is to come\n";
        case State::good: return "backups: good\n";
        case State::failed: return "backups: failed\n";
    }
    return "";
}

http::Response health(const api::Service& service) {
    for (const auto& [name, site] : service.sites())
        if (!site->readers().now())
            return http::text_response(503, "text/plain; charset=utf-8", "an organisation cannot be read\n");
    return http::text_response(200, "text/plain; charset=utf-8", "ok\n" + backups_line(service));
}

std::string counter(std::string_view name, std::string_view help, std::uint64_t value) {
    return fmt::format("# HELP {0} {1}\n# TYPE {0} counter\n{0} {2}\n", name, help, value);
}

std::string gauge(std::string_view name, std::string_view help, std::uint64_t value) {
    return fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", name, help, value);
}

std::string answers(const http::Statistics& statistics) {
    std::string out =
        "# HELP maru_http_answers_total Answers by class of status\n"
        "# TYPE maru_http_answers_total counter\n";
    for (int status = 1; status <= 5; ++status)
        out += fmt::format("maru_http_answers_total{{class=\"{}xx\"}} {}\n", status,
                           statistics.by_class[status]);
    return out;
}

std::string ledgers(const api::Service& service) {
    std::string out =
        "# HELP maru_ledger_entries Entries of the organisation's ledger\n"
        "# TYPE maru_ledger_entries gauge\n";
    for (const auto& [name, site] : service.sites())
        if (const auto reader = site->readers().now())
            out += fmt::format("maru_ledger_entries{{organisation=\"{}\"}} {}\n", name, reader->entries());
    return out;
}

std::string backup_numbers(const api::Service& service) {
    std::string failed =
        "# HELP maru_backup_failed 1 while no backup is made that should be\n# TYPE maru_backup_failed "
        "gauge\n";
    std::string last =
        "# HELP maru_backup_last_success_timestamp_seconds Time of the newest backup\n"
        "# TYPE maru_backup_last_success_timestamp_seconds gauge\n";
    for (const auto& [name, site] : service.sites()) {
        const backup::Health health = site->backups();
        if (health.state == backup::Health::State::off) continue;
        failed += fmt::format("maru_backup_failed{{organisation=\"{}\"}} {}\n", name,
                              health.state == backup::Health::State::failed ? 1 : 0);
        if (health.last_success)
            last += fmt::format("maru_backup_last_success_timestamp_seconds{{organisation=\"{}\"}} {}\n",
                                name, health.last_success->time_since_epoch().count() / 1000);
    }
    return failed + last;
}

http::Response metrics(const api::Service& service, const http::Statistics& statistics) {
    return http::text_response(
        200, "text/plain; version=0.0.4; charset=utf-8",
        counter("maru_http_requests_total", "Requests read", statistics.requests) +
            counter("maru_http_connections_total", "Connections accepted", statistics.connections) +
            gauge("maru_http_open_connections", "Connections open now", statistics.open_connections) +
            counter("maru_http_refused_total", "Connections and requests refused by a limit",
                    statistics.refused) +
            counter("maru_http_sent_bytes_total", "Bytes of content sent", statistics.bytes_sent) +
            answers(statistics) + ledgers(service) + backup_numbers(service));
}

}  // namespace

std::vector<http::Route> health_routes(const api::Service& service,
                                       std::function<http::Statistics()> statistics) {
    http::Route healthy, counted;
    healthy.pattern = "/healthz";
    healthy.handler = [&service](http::Request&, const http::Captures&) { return health(service); };
    counted.pattern = "/metrics";
    counted.handler = [&service, statistics = std::move(statistics)](http::Request& request,
                                                                     const http::Captures&) {
        if (is_this_machine(request)) return metrics(service, statistics());
        return api::Service::protocol_problem(
            &request, 403,
            {"この機械からだけ見られます。", "for this machine only; ask through a proxy on it"});
    };
    return {healthy, counted};
}

}  // namespace maru::server
