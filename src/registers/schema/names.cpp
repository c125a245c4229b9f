#include "schema/names.hpp"

#include <algorithm>
#include <array>

namespace maru::registers {

namespace {

// In order. SQLite: the words of its grammar without a fallback to identifier; PostgreSQL: appendix C,
// "reserved".
constexpr std::array keywords = std::to_array<std::string_view>({
    "add",
    "all",
    "alter",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "autoincrement",
    "between",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "collation",
    "column",
    "commit",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "delete",
    "desc",
    "distinct",
    "do",
    "drop",
    "else",
    "end",
    "escape",
    "except",
    "exists",
    "false",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "glob",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "index",
    "initially",
    "inner",
    "insert",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "match",
    "natural",
    "not",
    "nothing",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "regexp",
    "returning",
    "right",
    "select",
    "session_user",
    "set",
    "similar",
    "some",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "transaction",
    "true",
    "union",
    "unique",
    "update",
    "user",
    "using",
    "values",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
});
static_assert(std::ranges::is_sorted(keywords));

constexpr std::array own_columns =
    std::to_array<std::string_view>({"_rowid_", "from_index", "id", "oid", "rowid", "to_index", "version"});

constexpr std::array fixed_tables = std::to_array<std::string_view>(
    {"checkpoint", "cosignature", "entry", "erased_value", "erasure", "id_state", "log_key", "log_state",
     "node", "register_field", "register_table", "retirement", "timestamp"});

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_name_character(char c) { return is_lower(c) || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 48 && is_lower(text.front()) &&
           std::ranges::all_of(text, is_name_character);
}

bool is_sql_keyword(std::string_view name) { return std::ranges::binary_search(keywords, name); }

bool is_own_column(std::string_view name) {
    return std::ranges::find(own_columns, name) != own_columns.end();
}

bool is_fixed_table(std::string_view name) {
    return name.starts_with("sqlite_") || std::ranges::find(fixed_tables, name) != fixed_tables.end();
}

}  // namespace maru::registers
