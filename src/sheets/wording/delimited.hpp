// Lines of delimited files.
#pragma once

#include <string>
#include <vector>

namespace maru::sheets {

// RFC 4180 quoting where a cell needs it; a leading formula character is neutralised with an apostrophe.
// Without a line end.
std::string delimited_line(const std::vector<std::string>& cells, char separator);

}  // namespace maru::sheets
