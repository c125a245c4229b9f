// Checks every stored version against the ledger: its values and salts must give the commitment of its entry.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "registers/keystore.hpp"
#include "registers/schema.hpp"
#include "store/database.hpp"

namespace maru::registers {

struct RecordProblem {
    std::string register_name;  // as the database calls it; "" when no record is concerned
    std::int64_t record = 0;
    std::int64_t version = 0;
    std::int64_t entry = 0;  // 0: no entry, the current row is wrong
    std::string field;       // "" when no single field is concerned or it cannot be told
    Text what;
};

struct RecordVerification {
    std::int64_t versions = 0;  // whose values, or what is left of erased ones, give their entry's commitment
    std::int64_t retirements = 0;                 // likewise with their reasons
    std::int64_t fields = 0;                      // values that were proved
    std::map<std::int64_t, std::int64_t> erased;  // values that are gone, by the entry that erased them
    std::int64_t unproved =
        0;  // versions of registers that the catalog has no more and that are about people
    std::vector<RecordProblem> problems;  // the first 100
    std::int64_t problem_count = 0;
};

// `reader` sees one state without as_of. Every put and retirement of the ledger must have its version, and
// every version its entry; every current row is its last version. Does not check the ledger itself
// (ledger::recompute).
Result<RecordVerification> verify_records(store::Database& reader, const Schema& schema, Keystore& keys);

}  // namespace maru::registers
