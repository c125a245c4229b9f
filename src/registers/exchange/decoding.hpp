// Bytes of a text file to UTF-8 without BOM.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace maru::registers {

// UTF-8 (with or without BOM), UTF-16 with BOM, else CP932. Errors name the row; NUL characters are refused.
Result<std::string> decode(std::string_view bytes);

// The row of a byte, 1 = first: line ends within quotation marks do not count.
std::size_t row_at(std::string_view text, std::size_t offset);

}  // namespace maru::registers
