// SHA-256 (FIPS 180-4), HMAC-SHA-256 (RFC 2104) and randomness. The only room that sees OpenSSL and
// libsodium.
#pragma once

#include <span>
#include <string_view>

#include "core/bytes.hpp"

namespace maru::crypto {

Hash sha256(ByteView bytes);
Hash sha256(std::span<const ByteView> parts);  // of the concatenation
Hash hmac_sha256(ByteView key, ByteView message);

// Fills from the operating system's generator.
void random_bytes(std::span<std::uint8_t> out);

// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha): nonce(24) || ciphertext. The key has 32 bytes.
Bytes seal(ByteView key, ByteView plain, const Random& random);
Result<Bytes> open_sealed(ByteView key, ByteView sealed);

}  // namespace maru::crypto
