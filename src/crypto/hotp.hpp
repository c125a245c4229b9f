// One-time codes from a counter (HOTP, RFC 4226 section 5.3).
#pragma once

#include <cstdint>

#include "core/bytes.hpp"

namespace maru::crypto {

// The truncated HMAC-SHA-1 of the counter, 31 bits; a code of n digits is its remainder by 10^n.
std::uint32_t hotp(ByteView secret, std::uint64_t counter);

}  // namespace maru::crypto
