// The rules of a register as one query.
#pragma once

#include <string>
#include <vector>

#include "registers/schema.hpp"

namespace maru::registers {

// One column per rule: 0 = broken, anything else = fine. Parameters: the scalar fields in schema order.
std::string rules_query(const Register& of, const std::vector<Rule>& rules);

}  // namespace maru::registers
