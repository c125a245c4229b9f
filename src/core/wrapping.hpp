// Text on lines of a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace maru {

// For what is no terminal: lines as long as they come.
inline constexpr std::size_t any_width = static_cast<std::size_t>(-1);

// Lines of at most `columns`, nothing lost but the spaces at which they break. Lines break at spaces and
// between Japanese characters, not before 、。」 nor after （「 (JIS X 4051), and within a word only when it
// is longer than a line. Line feeds stay. At least one line.
std::vector<std::string> wrapped(std::string_view utf8, std::size_t columns);

}  // namespace maru
