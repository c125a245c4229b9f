// The HTTP/1.1 server: connections, TLS, timeouts, limits, compression, the access log. Every connection
// belongs to one thread, which also does its quick work; slow work runs on a small pool.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/day.hpp"
#include "http/message.hpp"
#include "http/router.hpp"

namespace maru::http {

struct Limits {
    std::size_t connections = 12'000;  // at once; further ones get 503 and are closed
    std::size_t connections_per_peer = 1'000;
    std::uint32_t header = 16 * 1024;                   // bytes of request line and headers: 431 above
    std::uint64_t memory_body = 4 << 20;                // larger bodies go to a file
    std::chrono::milliseconds header_patience{10'000};  // for a request's headers to arrive once they began
    std::chrono::milliseconds body_patience{30'000};    // between two reads of a body, and between two writes
    double slowest = 1'000;                             // bytes per second, above that patience
    std::chrono::milliseconds idle{75'000};             // keep-alive
    std::chrono::milliseconds heartbeat{15'000};  // a comment in streams of events that have nothing to say
    double requests_per_second = 0;  // per peer, with bursts of ten seconds' worth; 0 = no limit. 429
    std::size_t queued = 512;        // slow requests that wait for the pool: 503 above
};

struct Tls {
    std::filesystem::path certificate;  // PEM, the chain
    std::filesystem::path key;          // PEM
};

// One line of the access log, when the answer was sent.
struct Access {
    Instant at{};
    std::string id, peer;
    Method method = Method::get;
    std::string path;  // without the query: it may hold secrets
    int status = 0;
    std::uint64_t sent = 0;  // bytes of content
    std::chrono::microseconds took{};
};

struct Options {
    std::string listen = "127.0.0.1:8080";     // "[::1]:8080", ":8080" (every address); port 0 = any free one
    std::optional<Tls> tls;                    // read again when the files change
    std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For and -Proto count
    Limits limits;
    unsigned threads = 2;         // that read and answer
    unsigned slow_threads = 2;    // of the pool
    std::filesystem::path spool;  // for large bodies; "" = the system's temporary folder
    Clock clock = system_now;     // any thread
    Random random;                // request ids; any thread
    std::function<void(const Access&)> log = [](const Access&) {};  // any thread
    std::function<void(const Text&)> tell = [](const Text&) {
    };  // for the operator: a certificate that cannot be read
    // What an error of the protocol is answered with (400, 404, 405, 408, 411, 413, 414, 429, 431, 500, 501,
    // 503).
    std::function<Response(const Request* request, int status, const Text& why)> problem;
};

// Counters since the start, for /metrics.
struct Statistics {
    std::uint64_t requests = 0, connections = 0, open_connections = 0, refused = 0, bytes_sent = 0;
    std::uint64_t by_class[6] = {};  // answers by status / 100
};

class Server {
public:
    // invalid: no such address, unreadable certificate or key, key of another certificate; unavailable:
    // cannot listen there. The router must outlive the server and stay as it is.
    static Result<Server> listen(const Router& router, Options options);
    Server(Server&&) noexcept;
    ~Server();

    std::string address() const;  // "http://127.0.0.1:8080", with the real port; "https://…" with TLS
    void end_by_signals();        // from now on SIGTERM and SIGINT are stop(), also before run()
    void run();                   // serves until stop(), then finishes what was begun, for at most `grace`
    void stop(std::chrono::milliseconds grace = std::chrono::milliseconds(10'000));  // from any thread
    Statistics statistics() const;

private:
    struct Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::http
