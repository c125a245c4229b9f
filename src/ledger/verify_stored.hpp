// Verification of a log in its own database: everything is hashed again, and what was signed is compared with
// it.
#pragma once

#include <cstdint>

#include "ledger/log.hpp"
#include "store/database.hpp"

namespace maru::ledger {

struct VerifiedDatabase {
    LogState state;
    std::uint64_t checkpoints = 0;  // whose signatures and roots hold
    std::uint64_t signed_size = 0;  // of the newest one
    std::uint64_t timestamps =
        0;  // that stamp a checkpoint and are bound by an entry; who signed them is not asked
};

// Recomputes leaves, nodes and root from the bodies, every stored checkpoint's root and signature, and
// compares time stamps with the checkpoints and entries that they belong to. In one snapshot. corrupt: names
// the first entry, node, checkpoint or stamp that differs. An empty log is refused as not_found: nothing was
// checked.
Result<VerifiedDatabase> verify_stored(store::Database& database);

}  // namespace maru::ledger
