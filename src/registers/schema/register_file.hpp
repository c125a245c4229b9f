// One register file (docs/formats/register.md), checked as far as that is possible without the others.
#pragma once

#include <filesystem>

#include "registers/schema.hpp"

namespace maru::registers {

Result<Register> read_register(const std::filesystem::path& file);

}  // namespace maru::registers
