// What the connections of a server share.
#pragma once

#include <atomic>
#include <cstdint>

#include "http/coding.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "server/peers.hpp"
#include "server/pool.hpp"

namespace maru::http {

struct Counters {
    std::atomic<std::uint64_t> requests = 0, connections = 0, open_connections = 0, refused = 0,
                               bytes_sent = 0;
    std::atomic<std::uint64_t> by_class[6] = {};
};

struct Shared {
    Shared(const Router& served, Options given)
        : router(served),
          options(std::move(given)),
          peers(options.limits.connections_per_peer, options.limits.requests_per_second),
          pool(options.slow_threads, options.limits.queued) {}

    // The body of an answer that no handler gave.
    Response problem(const Request* request, int status, const Text& why) const;
    bool trusts(const std::string& address) const;

    const Router& router;
    Options options;
    Peers peers;
    Counters counters;
    Compressor compressor;
    Pool pool;
};

}  // namespace maru::http
