// A [[field]] of a register file.
#pragma once

#include "registers/schema.hpp"
#include "schema/toml_reader.hpp"

namespace maru::registers {

// `file` is the file's name, for messages.
Result<Field> read_field(const toml::table& table, const std::string& file);

}  // namespace maru::registers
