#include "server/peers.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace maru::http {

bool Peers::enter(const std::string& peer) {
    const std::lock_guard lock(mutex_);
    std::size_t& count = connections_[peer];
    if (count >= most_) return false;
    ++count;
    return true;
}

void Peers::leave(const std::string& peer) {
    const std::lock_guard lock(mutex_);
    const auto found = connections_.find(peer);
    if (found != connections_.end() && --found->second == 0) connections_.erase(found);
}

std::optional<std::chrono::seconds> Peers::wait(const std::string& peer, Time now) {
    if (per_second_ <= 0) return std::nullopt;
    const std::lock_guard lock(mutex_);
    forget_full_ones(now);
    Bucket& bucket = buckets_.try_emplace(peer, burst(), now).first->second;
    const double waited = std::chrono::duration<double>(now - bucket.filled).count();
    bucket.tokens = std::min(burst(), bucket.tokens + waited * per_second_);
    bucket.filled = now;
    if (bucket.tokens < 1)
        return std::chrono::seconds(std::max(1L, std::lround(std::ceil((1 - bucket.tokens) / per_second_))));
    bucket.tokens -= 1;
    return std::nullopt;
}

// Whoever was silent long enough to have a full bucket needs none.
void Peers::forget_full_ones(Time now) {
    if (buckets_.size() < forget_at_) return;
    std::erase_if(buckets_,
                  [now](const auto& entry) { return now - entry.second.filled > std::chrono::seconds(10); });
    forget_at_ = std::max<std::size_t>(1024, buckets_.size() * 2);
}

std::string peer_key(std::string_view address) {
    std::array<unsigned char, 16> bytes{};
    const std::string text(address);
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
    return {bytes.begin(), bytes.begin() + 8};
}

}  // namespace maru::http
