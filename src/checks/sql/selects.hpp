// The selects of a query, nested ones too: what they read from and which columns they equate.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sql/tokens.hpp"

namespace maru::checks::sql {

struct ColumnName {
    std::string alias;
    std::string column;
    bool operator==(const ColumnName&) const = default;
};

enum class JoinKind { inner, left };

struct Source {
    std::string table;  // "" for a derived table
    std::string alias;
    JoinKind join = JoinKind::inner;
};

// `a.x = b.y` that must hold for the rows of its select. In the ON of a LEFT JOIN it binds only the joined
// table's rows: then `binds` is that table's alias, else "".
struct Equality {
    ColumnName left, right;
    std::string binds;
};

// `a.x = 'text'` or `a.x = 1` that must hold. `binds` as above.
struct Constant {
    ColumnName column;
    std::string literal;  // as SQL
    std::string binds;
};

// `a.x = (select b.y …)` that must hold: the row of `a` is the one that the inner select chose. `binds` as
// above.
struct Choice {
    ColumnName column;
    std::string binds;
    std::size_t select = 0;  // position of the inner select
    ColumnName chosen;       // in the inner select
};

struct Select {
    int parent = -1;  // the enclosing select's position, -1 for the outermost
    std::vector<Source> sources;
    std::vector<Equality> equalities;
    std::vector<Constant> constants;
    std::vector<Choice> choices;
    std::vector<std::optional<ColumnName>>
        items;  // of the select list: `alias.column`, or nullopt for other expressions
    std::vector<std::string> item_names;  // after AS; "" when there is none
    // Items that are `'text' || a.x`: the text, and the column in place of `items`.
    std::map<std::size_t, std::pair<std::string, ColumnName>> prefixed;
    std::optional<ColumnName> first;  // the first item when it is `a.x`, `min(a.x)` or `max(a.x)`
};

// Every select of the query, each after the one that encloses it; branches of a union are selects of their
// own. nullopt for what this reader does not follow (WITH, window functions, unbalanced parentheses).
std::optional<std::vector<Select>> selects(const std::vector<Token>& tokens);

}  // namespace maru::checks::sql
