// What the log has signed, in its database: tables log_key, checkpoint, cosignature, timestamp
// (docs/formats/checkpoint.md). Reading works on any connection; storing happens inside a writer's command.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/day.hpp"
#include "ledger/checkpoint.hpp"
#include "store/database.hpp"
#include "store/migrations.hpp"

namespace maru::ledger {

store::Migration checkpoint_tables(int number);

// The key that signs, as others know it. After a renewal the earlier keys stay in the table.
Result<std::optional<VerifierKey>> log_key(store::Database& database);
Result<std::vector<VerifierKey>> all_log_keys(store::Database& database);  // oldest first
// From entry `since` on this key signs.
Result<void> store_log_key(store::Database& database, const VerifierKey& key, std::uint64_t since);

struct StoredCheckpoint {
    Checkpoint checkpoint;
    std::string note;  // signed by the log; cosignatures are in their own table
    Instant created{};
};
// corrupt when the note does not say what its row says. Signatures are not verified.
Result<std::optional<StoredCheckpoint>> newest_checkpoint(store::Database& database);
Result<std::optional<StoredCheckpoint>> checkpoint_of_size(store::Database& database, std::uint64_t size);
// The first one that covers the entry, for the smallest receipt that does not change any more.
Result<std::optional<StoredCheckpoint>> checkpoint_covering(store::Database& database, std::uint64_t entry);

// Stores a note that the log signed. Nothing happens when the same one is there; corrupt when a checkpoint of
// this size has another root, or when a larger one is there already.
Result<void> store_checkpoint(store::Database& database, const StoredCheckpoint& checkpoint);

// Forgets the checkpoints that are older than `before` except the last one of each hour and those that carry
// a cosignature or a time stamp. Returns how many it forgot.
Result<std::int64_t> thin_checkpoints(store::Database& database, Instant before);

// A witness's line (c2sp.org/tlog-cosignature) for the checkpoint of this size; a later one replaces an
// earlier one.
struct StoredCosignature {
    std::uint64_t size = 0;
    std::string witness;    // name of its key
    std::string line;       // with its newline
    std::int64_t time = 0;  // seconds since 1970
};
Result<void> store_cosignature(store::Database& database, const StoredCosignature& cosignature);
Result<std::vector<StoredCosignature>> cosignatures_of(store::Database& database, std::uint64_t size);
// The largest checkpoint that the witness of this name cosigned.
Result<std::optional<StoredCosignature>> last_cosignature(store::Database& database,
                                                          std::string_view witness);

// The note of a stored checkpoint with the cosignatures that it has: what is published.
Result<std::string> published_note(store::Database& database, const StoredCheckpoint& checkpoint);

}  // namespace maru::ledger
