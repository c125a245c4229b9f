// Text from files that others made, for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace maru::cli {

// One line that shows what it holds: control characters as pictures (U+2400 …), those of C1, line separators
// and the marks that turn the direction of text as "[U+202E]"; bytes that are no UTF-8 as U+FFFD.
std::string printable(std::string_view text);

}  // namespace maru::cli
