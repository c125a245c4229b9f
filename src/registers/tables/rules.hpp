// The rules of a register as one query.
#pragma once

#include <string>
#include <vector>

#include "registers/schema.hpp"
#include "store/database.hpp"

namespace maru::registers {

// One column per rule: 0 = broken, anything else = fine. Parameters: the scalar fields in schema order.
std::string rules_query(const Register& of, const std::vector<Rule>& rules);

// What rules may call besides SQL's own: plus_days(date, n), null when one of them is.
Result<void> define_rule_functions(store::Database& database);

}  // namespace maru::registers
