#include "crypto/hasher.hpp"

#include <sodium.h>

namespace maru::crypto {

struct Hasher::State {
    crypto_hash_sha256_state sha256{};
};

Hasher::Hasher() : state_(std::make_unique<State>()) { crypto_hash_sha256_init(&state_->sha256); }
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;
Hasher::~Hasher() = default;

void Hasher::add(ByteView bytes) { crypto_hash_sha256_update(&state_->sha256, bytes.data(), bytes.size()); }

Hash Hasher::finish() {
    Hash hash{};
    crypto_hash_sha256_final(&state_->sha256, hash.data());
    crypto_hash_sha256_init(&state_->sha256);
    return hash;
}

}  // namespace maru::crypto
