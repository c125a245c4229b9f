// Which subjects of a check a changed record touches: derived from the joins of its SQL.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "checks/check.hpp"
#include "registers/schema.hpp"

namespace maru::checks {

// By register that the check's SQL reads (list tables belong to their register): a query with the changed
// record's id as parameter ?1 that gives every subject whose rows the record can touch, on the state before
// or after the change; or nullopt when the joins do not tell, so that any change makes the whole check run
// again.
std::map<std::string, std::optional<std::string>> paths_to_subject(const Check& check,
                                                                   const registers::Schema& schema);

}  // namespace maru::checks
