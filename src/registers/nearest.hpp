// "Did you mean …": the names most like one that does not exist.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maru::registers {

// At most three of `names`, nearest first (Levenshtein distance of at most a third of the length, at least 2,
// or a common beginning); empty when nothing is near.
std::vector<std::string> nearest(std::string_view name, const std::vector<std::string>& names);

}  // namespace maru::registers
