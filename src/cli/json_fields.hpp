// One JSON object as a record's written fields.
#pragma once

#include <string_view>

#include "registers/records.hpp"

namespace maru::cli {

// Strings, numbers (kept as written), booleans, null (empties) and arrays of them (lists). Duplicate keys,
// nested objects and broken JSON are errors that name the key or the position.
Result<registers::WrittenFields> parse_json_fields(std::string_view json);

}  // namespace maru::cli
