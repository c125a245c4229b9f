// The SQL conditions of register files on keeping and erasing.
#pragma once

#include <string>

#include "core/day.hpp"
#include "registers/schema.hpp"
#include "store/database.hpp"

namespace maru::registers {

// today() for the connection's statements.
Result<void> define_today(store::Database& database, Day today);

// One column: whether the condition holds (1) for one record's values. Parameters: its scalar fields in
// schema order, then those of the register person under the name person (unless the record is a person).
std::string condition_on_values(const Register& of, const Register& person, const std::string& where);

// Ids of current records that name person ?1 in the field (every record when it is "") and for which the
// condition holds.
std::string records_where(const Register& of, const std::string& person_field, const std::string& where);

// Compiles every condition; errors name register and condition.
Result<void> check_conditions(store::Database& database, const Register& of, const Register* person);

}  // namespace maru::registers
