// A certificate for trying TLS on one's own machine.
#pragma once

#include <filesystem>

#include "core/bytes.hpp"
#include "core/day.hpp"
#include "http/server.hpp"

namespace maru::http {

// "dev-certificate.pem" and "dev-key.pem" (for its owner only) in `folder`: self-signed, ECDSA P-256, for
// localhost, 127.0.0.1 and ::1, 30 days from now. What is there and good for another day stays, so that a
// browser asks only once. `random` is for the serial number; the key comes from OpenSSL's generator.
// unavailable: the folder cannot be written.
Result<Tls> make_dev_certificate(const std::filesystem::path& folder, Instant now, const Random& random);

}  // namespace maru::http
