// Words of the readers' errors.
#pragma once

#include <cstdint>

#include "core/result.hpp"

namespace maru::registers {

// "12行目: …", "row 12: …"
std::unexpected<Error> at_row(std::size_t row, const Text& message);
Text too_many_cells(std::uint64_t limit);
Text cell_too_large(std::size_t column, std::uint64_t limit);
Text too_much_text(std::uint64_t limit);
// "C" for 3, as spreadsheets name columns.
std::string column_letters(std::size_t column);

}  // namespace maru::registers
