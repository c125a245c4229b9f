// What imports and exports say, wherever the organisation is.
#pragma once

#include <string>

#include "cli/session.hpp"
#include "registers/exchange.hpp"

namespace maru::cli {

// The problems, or how many rows did what. The exit code.
int print_report(const Session& session, const registers::ImportReport& report, const ImportCommand& command);

}  // namespace maru::cli
