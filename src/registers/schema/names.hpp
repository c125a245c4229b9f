// Which names registers and fields may have: they stand unquoted in the SQL of checks, on SQLite and
// PostgreSQL.
#pragma once

#include <string_view>

namespace maru::registers {

// [a-z][a-z0-9_]*, at most 48 bytes (PostgreSQL cuts names at 63; `_history` and index names are made from
// them).
bool is_name(std::string_view text);
// Reserved by SQLite 3.40 or PostgreSQL 15: cannot stand unquoted as a table or a column.
bool is_sql_keyword(std::string_view name);
// Columns that every register table has, and SQLite's row ids.
bool is_own_column(std::string_view name);
// Fixed tables of the database.
bool is_fixed_table(std::string_view name);

}  // namespace maru::registers
