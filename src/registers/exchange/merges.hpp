// Merged cells: every row of a merged range gets the value in the range's first column.
#pragma once

#include <string_view>

#include "registers/exchange.hpp"

namespace maru::registers {

inline constexpr std::size_t most_rows = 1'048'576;  // of an xlsx sheet
inline constexpr std::size_t most_columns = 16'384;

// The column of "C12": 3. 0 when it is none.
std::size_t column_of(std::string_view cell);

// `tail` is the XML behind the rows, with <mergeCell ref="B2:B5"/>.
Result<void> fill_merges(Table& table, std::string_view tail, const ReadLimits& limits);

}  // namespace maru::registers
