// Audit packs (docs/formats/audit-pack.md): a zip archive with which others check, offline and with tools
// that are not ours, what an organisation recorded and how its sheet stood at both ends of a period.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "checks/check.hpp"
#include "core/day.hpp"
#include "ledger/note.hpp"
#include "ledger/policy.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "registers/secrets.hpp"
#include "sheets/report.hpp"
#include "store/database.hpp"

namespace maru::packs {

// One end of the period: the sheet of that day as it followed from what was known at the day's end.
struct PackEnd {
    sheets::SheetReport sheet;  // all items; those that the pack is about are chosen below
    store::Database& reader;    // of that state
};

struct PackOptions {
    Day from, to;
    std::vector<const sheets::Item*> items;                 // at least one, in the sheet's order
    std::int64_t records = 1000;                            // disclosed per register, at most
    std::uint64_t evidence_bytes = std::uint64_t{1} << 30;  // attachments, at most
    // Told how many steps of how many are done: each file is made, hashed and packed.
    std::function<void(std::size_t done, std::size_t total)> progress = [](std::size_t, std::size_t) {};
};

struct PackInput {
    std::filesystem::path catalog;
    const registers::Schema& schema;
    const checks::Library& library;
    PackEnd first, last;
    const ledger::StoredCheckpoint& checkpoint;  // covers what is known at the last end
    const ledger::SigningKey& key;               // the log's
    const ledger::Policy& policy;                // that the checkpoint meets
    registers::Secrets& secrets;
};

struct PackSummary {
    std::uint64_t entries = 0;     // of the log
    std::int64_t in_period = 0;    // entries recorded from `from` to `to`
    std::size_t records = 0;       // with receipt and opened fields
    std::int64_t all_records = 0;  // of the registers that the items' checks read
    std::size_t closed = 0;        // records whose fields cannot be opened any more
    std::size_t evidence = 0, evidence_left_out = 0;
    std::size_t files = 0;
    std::uintmax_t bytes = 0;  // of the archive
};

// Same input, same bytes. Errors: unavailable when the file cannot be written; those of reading.
Result<PackSummary> write_pack(PackInput& input, const PackOptions& options,
                               const std::filesystem::path& file);

}  // namespace maru::packs
