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

// What is known of the log under the old key.
struct OldLog {
    std::optional<ledger::Checkpoint> last;  // signed
    std::uint64_t entries = 0;  // that it had at least, says the list of erasures; 0: it says nothing
};
OldLog old_log(const std::optional<ledger::Fork>& fork, const std::optional<ledger::Checkpoint>& newest);

// "a" → "a/2" → "a/3".
std::string next_origin(const std::string& origin);
// What the entry of a renewal says: what the old key had signed last, where the new one goes on, and why.
std::string renewal_note(const ledger::VerifierKey& old, const OldLog& before, const ledger::LogState& state,
                         const std::string& cause);

}  // namespace maru::registers
