// How a list is written in one cell: "a;b\;c" has the items "a" and "b;c".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maru::registers {

// Separated by ; or line feeds, trimmed, empty items left out. `\;` is a semicolon, `\\` a backslash, a
// backslash before a line feed a line feed; any other backslash is itself.
std::vector<std::string> items_of(std::string_view written);

// The item as items_of reads it back.
std::string written_item(std::string_view item);

}  // namespace maru::registers
