// The organisation's side of its ledger's key, anchor and fork guard.
#pragma once

#include <optional>

#include "ledger/anchor.hpp"
#include "ledger/fork.hpp"
#include "organisation/folder.hpp"
#include "store/database.hpp"

namespace maru::registers {

// Of the ledger in this folder; nullopt when there is no key yet or no folder for anchors.
Result<std::optional<ledger::Anchor>> anchor_of(const Folder& folder, store::Database& database,
                                                const std::filesystem::path& anchors);

// What the tables and the anchor say against the database, which may be of an older version.
Result<std::optional<ledger::Fork>> fork_of(const Folder& folder, store::Database& database,
                                            const std::filesystem::path& anchors);

}  // namespace maru::registers
