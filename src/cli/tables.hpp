// Plain text tables for a terminal, with the width of Japanese text, and JSON rows.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"
#include "registers/exchange.hpp"

namespace maru::cli {

// Columns as wide as they need be, at most 40; the last one is cut at `width` (columns of the terminal). Only
// the first line of a cell is shown.
std::string aligned(const std::vector<std::vector<std::string>>& rows, std::size_t width);
// As many fields as fit, from the left, under the register's labels, and how many records there are; when
// there are none, how to add one. Headings are field names.
std::string record_table(const Session& session, const registers::Register& of,
                         const registers::Table& table);
// An array of objects, one line each, keys in the order of the headings; values are strings as written.
std::string json_rows(const registers::Table& table);

}  // namespace maru::cli
