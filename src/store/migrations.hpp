// Numbered schema changes of the fixed tables. Register tables are derived from their files
// (registers/tables.hpp).
#pragma once

#include <span>
#include <string_view>

#include "store/database.hpp"

namespace maru::store {

struct Migration {
    int number;  // 1, 2, 3 … without gaps
    std::string_view sql;
};

// Applies what is missing, in one transaction, and records the number in PRAGMA user_version.
// A database of a newer version is refused (`corrupt`), naming both numbers; nothing is changed.
Result<void> migrate(Database& database, std::span<const Migration> migrations);

}  // namespace maru::store
