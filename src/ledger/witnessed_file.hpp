// What a witness knew beyond our database, kept beside it: the fork guard reads it at every start, so that a
// database that a witness contradicted stays read-only until it holds what was signed.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "core/result.hpp"
#include "ledger/fork.hpp"

namespace maru::ledger {

// <organisation>/witness.checkpoint. nullopt when there is none or it is of another key than `log` (the
// ledger was renewed since). corrupt: no checkpoint.
Result<std::optional<KnownCheckpoint>> read_witnessed(const std::filesystem::path& organisation,
                                                      const VerifierKey& log);

// A note with the log's own signature that contradicts the database; durable. It replaces what was there: who
// could still write until now was not contradicted by that.
Result<void> keep_witnessed(const std::filesystem::path& organisation, std::string_view note);

}  // namespace maru::ledger
