// What a check's SQL may not contain: SQLite's own dialect, and what PostgreSQL refuses or answers
// differently.
#pragma once

#include <string_view>
#include <vector>

#include "checks/check.hpp"
#include "core/text.hpp"
#include "registers/schema.hpp"

namespace maru::checks::sql {

// One sentence per problem.
std::vector<Text> portability_problems(std::string_view sql, const Library& library,
                                       const registers::Schema& schema);

}  // namespace maru::checks::sql
