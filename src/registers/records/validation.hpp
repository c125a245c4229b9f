// What the values of a record must keep to, whatever they are.
#pragma once

#include <vector>

#include "registers/records.hpp"

namespace maru::registers {

// Required fields, cross-field rules, and the guard against My Numbers in free text.
Result<void> validate(store::Database& database, const RegisterStatements& of,
                      const std::vector<FieldValue>& values);

// A date or instant of something that has happened (`when = "past"`) may not lie after today.
Result<void> check_past(const Field& field, const FieldValue& value, Day today);

// Which unique field or key another record has, after the database refused a record for it.
Result<void> explain_conflict(WriteContext& context, const RegisterStatements& of, std::int64_t id,
                              const std::vector<FieldValue>& values);

}  // namespace maru::registers
