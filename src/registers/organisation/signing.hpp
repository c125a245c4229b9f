// The organisation's side of its ledger's key, anchor and fork guard.
#pragma once

#include <optional>
#include <string>

#include "ledger/anchor.hpp"
#include "ledger/fork.hpp"
#include "ledger/log.hpp"
#include "organisation/folder.hpp"
#include "store/database.hpp"

namespace maru::registers {

// Of the ledger in this folder; nullopt when there is no key yet or no folder for anchors.
Result<std::optional<ledger::Anchor>> anchor_of(const Folder& folder, store::Database& database,
                                                const std::filesystem::path& anchors);

// What the tables and the anchor say against the database, which may be of an older version.
Result<std::optional<ledger::Fork>> fork_of(const Folder& folder, store::Database& database,
                                            const std::filesystem::path& anchors);

// "a" → "a/2" → "a/3".
std::string next_origin(const std::string& origin);
// What the entry of a renewal says: what the old key had signed last, where the new one goes on, and why.
std::string renewal_note(const ledger::VerifierKey& old, const std::optional<ledger::Checkpoint>& last,
                         const ledger::LogState& state, const std::string& cause);

}  // namespace maru::registers
