// The fork guard: whether what is known of a log outside its database contradicts the database. Signing on in
// that case would give two histories under one key, which can never be mended.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/text.hpp"
#include "ledger/checkpoint.hpp"
#include "store/database.hpp"

namespace maru::ledger {

// A checkpoint of this log, its signature verified, and who keeps it. The list of erasures names entries
// without signed notes: of its checkpoint only the size is known.
struct KnownCheckpoint {
    enum class Keeper { table, anchor, witness, copy, erasures } keeper = Keeper::table;
    std::string where;  // file, address or witness name
    Checkpoint checkpoint;
};

struct Fork {
    enum class Kind {
        older,   // the database has fewer entries than were signed
        differs  // its first entries have another root than was signed
    } kind = Kind::older;
    KnownCheckpoint known;
    std::uint64_t size = 0;  // of the database
    Hash root{};             // of its first min(size, known size) entries
};

// The first contradiction in the order given; nullopt when the database continues all of them.
Result<std::optional<Fork>> find_fork(store::Database& database, std::span<const KnownCheckpoint> known);

// One line: what is wrong.
Text summary(const Fork& fork);
// All of it: what is wrong, why nothing is written any more, and the ways out.
Text explanation(const Fork& fork);

}  // namespace maru::ledger
