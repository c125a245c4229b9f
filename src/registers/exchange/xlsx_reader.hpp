// The first visible sheet of an xlsx (ECMA-376, SpreadsheetML) as a table.
#pragma once

#include <string_view>

#include "registers/exchange.hpp"

namespace maru::registers {

Result<Table> parse_xlsx(std::string_view bytes, const ReadLimits& limits);

}  // namespace maru::registers
