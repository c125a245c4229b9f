// The SQL that makes the tables and indexes of one register.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registers/schema.hpp"

namespace maru::registers {

enum class Kept { durable, temporary };

// "text" or "integer".
std::string_view column_type(const Field& field);
// What must stay the same while a field has its number; text and long_text, person and reference to person
// are equal.
std::string storage_of(const Field& field);

std::vector<std::string> table_definitions(const Register& of, Kept kept);
std::vector<std::string> list_definitions(const Register& of, const Field& list, Kept kept);
std::vector<std::string> index_definitions(const Register& of);
// Changes when tables or indexes have to change.
std::string shape_of(const Register& of);

}  // namespace maru::registers
