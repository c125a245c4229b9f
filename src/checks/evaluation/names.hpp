// Rows whose label was erased with a person.
#pragma once

#include "checks/check.hpp"
#include "checks/rows.hpp"
#include "store/database.hpp"

namespace maru::checks {

// A row without a label is called by its record: by the tombstone in both languages when the name was erased.
void name_row(Row& row, const Check& check, const registers::Schema& schema, store::Database& reader);

}  // namespace maru::checks
