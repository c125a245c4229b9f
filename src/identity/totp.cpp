#include "identity/totp.hpp"

#include <fmt/core.h>

#include "crypto/hotp.hpp"

namespace maru::identity {

namespace {

constexpr int step_seconds = 30;

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";  // RFC 3986 unreserved
    std::string out;
    for (const char c : text) {
        if (plain.contains(c))
            out.push_back(c);
        else
            out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
    return out;
}

// "１２３ 456" → "123456"; anything else than six digits → "".
std::string digits_of(std::string_view code) {
    if (code.size() > 64 || !is_utf8(code)) return {};
    std::string out;
    for (const char c : normalize_compatibility(code)) {
        if (c == ' ' || c == '-') continue;
        if (c < '0' || c > '9') return {};
        out.push_back(c);
    }
    return out.size() == 6 ? out : std::string();
}

}  // namespace

std::int64_t totp_step(Instant at) {
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count() / step_seconds;
}

std::string totp_code(ByteView secret, std::int64_t step, int digits) {
    std::uint32_t modulus = 1;
    for (int i = 0; i < digits; ++i) modulus *= 10;
    return fmt::format("{:0{}}", crypto::hotp(secret, static_cast<std::uint64_t>(step)) % modulus, digits);
}

std::optional<std::int64_t> match_totp(ByteView secret, std::string_view code, Instant at,
                                       std::int64_t last_used) {
    const std::string digits = digits_of(code);
    if (digits.empty()) return std::nullopt;
    const std::int64_t now = totp_step(at);
    for (const std::int64_t step : {now, now - 1, now + 1})
        if (step > last_used && totp_code(secret, step) == digits) return step;
    return std::nullopt;
}

std::string base32(ByteView bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const std::uint8_t byte : bytes) {
        bits = (bits << 8) | byte;
        for (held += 8; held >= 5; held -= 5) out.push_back(letters[(bits >> (held - 5)) & 31]);
    }
    if (held > 0) out.push_back(letters[(bits << (5 - held)) & 31]);
    return out;
}

std::string otpauth_uri(ByteView secret, std::string_view issuer, std::string_view account) {
    return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}", percent_encoded(issuer),
                       percent_encoded(account), base32(secret), percent_encoded(issuer));
}

}  // namespace maru::identity
