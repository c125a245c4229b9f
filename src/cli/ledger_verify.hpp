// maru ledger verify.
#pragma once

#include "cli/arguments.hpp"
#include "core/result.hpp"

namespace maru::cli {

struct Session;

// 0: everything holds; 1: something does not, or there was nothing to check. Errors: what cannot be read.
Result<int> verify(const Session& session, const LedgerCommand& command);

}  // namespace maru::cli
