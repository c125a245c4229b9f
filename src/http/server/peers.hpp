// Who is connected how often, and who asks how fast. Any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace maru::http {

class Peers {
public:
    using Time = std::chrono::steady_clock::time_point;

    // A peer may hold `connections` at once and ask `per_second` times, ten seconds' worth at once; 0 = as
    // often as it likes.
    Peers(std::size_t connections, double per_second) : most_(connections), per_second_(per_second) {}

    bool enter(const std::string& peer);  // false: it has enough connections
    void leave(const std::string& peer);
    // Nothing: go on. Else how long to wait.
    std::optional<std::chrono::seconds> wait(const std::string& peer, Time now);

private:
    struct Bucket {
        double tokens;
        Time filled;
    };
    void forget_full_ones(Time now);
    double burst() const { return per_second_ * 10; }

    const std::size_t most_;
    const double per_second_;
    std::mutex mutex_;
    std::unordered_map<std::string, std::size_t> connections_;
    std::unordered_map<std::string, Bucket> buckets_;
    std::size_t forget_at_ = 1024;
};

// What counts as one peer: an IPv4 address, the /64 network of an IPv6 address.
std::string peer_key(std::string_view address);

}  // namespace maru::http
