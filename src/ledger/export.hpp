// Writes a log from its database into a folder that anybody can check and any web server can serve
// (docs/formats/checkpoint.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "core/result.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "store/database.hpp"

namespace maru::ledger {

struct Exported {
    Checkpoint checkpoint;
    std::uint64_t files = 0;    // of the log
    std::uint64_t written = 0;  // of those; the others were there with the same bytes
};

// Told how many entries of how many are done.
using ExportProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// checkpoint, tile/…, tile/entries/…, keys/log.vkey, for the newest stored checkpoint. Everything is hashed
// again from the entries on the way. Tiles are durable before the checkpoint that needs them gets its name,
// so the folder is a valid log whenever it is looked at, and an interrupted export is simply run again. Reads
// in short transactions. Errors: not_found without a checkpoint; conflict when a file that is there has other
// bytes, or the folder holds another log or a checkpoint that the database does not continue (nothing is
// changed then); corrupt when the entries do not give the signed root; unavailable.
Result<Exported> export_log(store::Database& database, const std::filesystem::path& folder,
                            const ExportProgress& progress);

}  // namespace maru::ledger
