// The second half of `maru ledger verify` of an organisation: stored versions against the ledger's
// commitments.
#pragma once

#include <filesystem>

#include "cli/session.hpp"

namespace maru::cli {

// Prints what was proved, what was erased by which entry, and what is wrong. True when nothing is wrong.
Result<bool> verify_records(const Session& session, const std::filesystem::path& folder);

}  // namespace maru::cli
