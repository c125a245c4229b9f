// Time-based one-time passwords (RFC 6238: SHA-1, 30 s, 6 digits), as authenticator apps understand them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/day.hpp"

namespace maru::identity {

constexpr std::size_t totp_secret_size = 20;  // bytes (RFC 4226 section 4: 160 bits)

// Which 30 s step an instant lies in (RFC 6238 section 4.2).
std::int64_t totp_step(Instant at);
// Six digits, or up to eight.
std::string totp_code(ByteView secret, std::int64_t step, int digits = 6);
// The step that the code is of: that of `at`, one before or one after, and later than `last_used` (a code is
// good once). Spaces in the code are ignored, full-width digits read.
std::optional<std::int64_t> match_totp(ByteView secret, std::string_view code, Instant at,
                                       std::int64_t last_used);

std::string base32(ByteView bytes);  // RFC 4648 section 6, without padding
// "otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=ISSUER" (Google's key URI format), percent-encoded.
std::string otpauth_uri(ByteView secret, std::string_view issuer, std::string_view account);

// A QR code (ISO/IEC 18004, error correction M) as the path of an SVG whose units are modules, with the quiet
// zone of four: <svg viewBox="0 0 size size"><path d="…"/></svg>.
struct QrCode {
    int size = 0;
    std::string path;
};
// invalid: more than 2,000 bytes.
Result<QrCode> qr_code(std::string_view text);

}  // namespace maru::identity
