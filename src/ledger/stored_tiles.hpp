// The tiles of an organisation's own log, read from its database (tables entry, node): for proofs, for
// serving and for exporting. They are believed as they are; recompute() in ledger/log.hpp is what doubts
// them.
#pragma once

#include <cstdint>
#include <string>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "ledger/proof.hpp"
#include "ledger/tile.hpp"
#include "ledger/tree.hpp"
#include "ledger/trusted_tiles.hpp"
#include "store/database.hpp"

namespace maru::ledger {

// Exactly tile.width hashes or entries. not_found when the log has not so many (yet).
Result<std::vector<Hash>> stored_tile(store::Database& database, const Tile& tile);
Result<Bytes> stored_bundle(store::Database& database, const Tile& bundle);

// The database must outlive them.
TileSource stored_tiles(store::Database& database);
// For proofs in the tree of `size` entries: inclusion_proof(stored_hashes(db, size), index, size).
HashSource stored_hashes(store::Database& database, std::uint64_t size);

// A file of the log by its name: "checkpoint" (the newest, with its cosignatures), "tile/0/000.p/5",
// "tile/entries/x001/234". not_found when the log has no such file, also for what no tile can be called.
Result<Bytes> stored_file(store::Database& database, const std::string& path);

// The roots of the perfect subtrees of the first `size` entries.
Result<Frontier> frontier_at(store::Database& database, std::uint64_t size);

}  // namespace maru::ledger
