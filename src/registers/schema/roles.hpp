// Roles in register files.
#pragma once

#include "schema/toml_reader.hpp"

namespace maru::registers {

// The roles under `key`, or `otherwise` when the key is absent.
std::vector<std::string> read_roles(TomlReader& reader, std::string_view key,
                                    std::vector<std::string> otherwise);

}  // namespace maru::registers
