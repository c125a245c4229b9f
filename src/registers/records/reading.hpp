// Rows of a register's tables as records.
#pragma once

#include <vector>

#include "registers/records.hpp"

namespace maru::registers {

// Scalars from `first_column` on in schema order; lists are left empty.
std::vector<FieldValue> scalars_of(const store::Row& row, const Register& of, int first_column);

// The items that a query with columns `value` gives.
Result<std::vector<store::Value>> items_of(store::Statement& query);

}  // namespace maru::registers
