// Takes a person's values out of every version in the tables, and keeps what other proofs need of the key.
#pragma once

#include <cstdint>
#include <vector>

#include "erasure/fates.hpp"
#include "registers/records.hpp"

namespace maru::registers {

// Within a writer's command, for the entry that is appended next. Returns how many values went. The salts of
// what stays and the commitments of what went are added to the keystore, the latter to the database, too.
Result<std::int64_t> empty_values(WriteContext& context, const std::vector<About>& all, const Fates& fates,
                                  std::int64_t person);

// Reasons of retirements of the person's records that are still there.
Result<std::int64_t> count_reasons(store::Database& database, const std::vector<About>& all);

}  // namespace maru::registers
