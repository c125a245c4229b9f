// What an authenticator app makes of the secret that it was given.
#pragma once

#include <string_view>

#include "core/bytes.hpp"

namespace maru::identity {

inline Bytes parse_base32(std::string_view text) {
    Bytes out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        bits = (bits << 5) | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
        if ((held += 5) >= 8) out.push_back(static_cast<std::uint8_t>(bits >> (held -= 8)));
    }
    return out;
}

}  // namespace maru::identity
