// Ed25519 signatures (RFC 8032). Deterministic: the same key and message always give the same signature.
#pragma once

#include <array>
#include <cstdint>

#include "core/bytes.hpp"

namespace maru::crypto {

using Seed = std::array<std::uint8_t, 32>;
using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

// A private key; wiped from memory when it goes.
class Ed25519Key {
public:
    static Ed25519Key from_seed(const Seed& seed);
    static Ed25519Key generate(const Random& random);
    Ed25519Key(const Ed25519Key&) = default;
    Ed25519Key& operator=(const Ed25519Key&) = default;
    ~Ed25519Key();

    PublicKey public_key() const;
    Seed seed() const;
    Signature sign(ByteView message) const;

private:
    Ed25519Key() = default;
    std::array<std::uint8_t, 64> secret_{};  // seed || public key
};

// False for every wrong signature, signatures of another length than 64 bytes, and keys that are no point of
// the curve.
bool verify_ed25519(const PublicKey& key, ByteView message, ByteView signature);

}  // namespace maru::crypto
