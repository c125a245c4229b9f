// Asking a ClamAV daemon whether a file is harmful: its INSTREAM command (clamd(8), "COMMANDS").
#pragma once

#include <chrono>
#include <string>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace maru::transport {

struct VirusScanner {
    std::string address;                         // "/run/clamav/clamd.ctl" (a socket's path), or "host:3310"
    std::chrono::milliseconds patience{60'000};  // for each step: connecting, sending a part, the answer
};

// Nothing when the daemon knows no harm in it. Errors: invalid = the daemon's name for what it found, or the
// file is larger than the daemon takes; unavailable = nobody answered, so nothing is known of the file.
Result<void> expect_harmless(const VirusScanner& scanner, ByteView file);

}  // namespace maru::transport
