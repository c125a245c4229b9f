// Types of the columns that a query's words mean.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "registers/schema.hpp"
#include "sql/tokens.hpp"

namespace maru::checks::sql {

enum class ColumnKind { number, boolean, text, choice, day, instant, reference };

struct ColumnType {
    ColumnKind kind = ColumnKind::text;
    std::string to;                           // of a reference
    const registers::Field* field = nullptr;  // null for id, version, record, …
};

// A column of a register's table or of a list table; nullopt when there is none.
std::optional<ColumnType> type_of(const registers::Schema& schema, std::string_view table,
                                  std::string_view column);
bool is_table(const registers::Schema& schema, std::string_view name);

// Which tables each alias of a query means; "" among them for a derived table.
std::map<std::string, std::set<std::string>> aliases(const std::vector<Token>& tokens,
                                                     const registers::Schema& schema);

}  // namespace maru::checks::sql
