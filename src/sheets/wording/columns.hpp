// Cells of tables for a terminal.
#pragma once

#include <cstddef>
#include <string>

#include "sheets/render.hpp"

namespace maru::sheets {

std::string padded(const std::string& text, std::size_t columns);  // to the right; longer text stays
std::string right(const std::string& text, std::size_t columns);
// Always two columns wide.
std::string mark_cell(Mark mark, Colour colour);
std::string painted(const std::string& text, Mark mark, Colour colour);

}  // namespace maru::sheets
