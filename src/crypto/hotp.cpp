#include "crypto/hotp.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace maru::crypto {

std::uint32_t hotp(ByteView secret, std::uint64_t counter) {
    std::array<std::uint8_t, 8> message{};
    for (std::size_t i = 0; i < message.size(); ++i)
        message[i] = static_cast<std::uint8_t>(counter >> (56 - 8 * i));
    std::array<std::uint8_t, 20> mac{};
    unsigned length = 0;
    if (HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), message.data(), message.size(),
             mac.data(), &length) == nullptr) {
        std::fputs("maru: the cryptographic library failed: HMAC-SHA-1\n", stderr);
        std::abort();
    }
    const std::size_t at = mac[19] & 0x0f;
    return (static_cast<std::uint32_t>(mac[at] & 0x7f) << 24) |
           (static_cast<std::uint32_t>(mac[at + 1]) << 16) | (static_cast<std::uint32_t>(mac[at + 2]) << 8) |
           static_cast<std::uint32_t>(mac[at + 3]);
}

}  // namespace maru::crypto
