// Which values of a person must stay, why and until when.
#pragma once

#include <vector>

#include "erasure/survey.hpp"
#include "registers/erasure.hpp"
#include "registers/erasure_order.hpp"

namespace maru::registers {

// By the register files' [[retention]] and the organisation's own holds.
Result<std::vector<Kept>> kept_values(store::Database& database, const Schema& schema,
                                      const std::vector<About>& all, std::int64_t person, Day today);

// The same as fields by record, for the order of an erasure.
std::vector<KeptFields> kept_fields(const std::vector<Kept>& kept);

}  // namespace maru::registers
