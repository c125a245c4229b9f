#include "sql/types.hpp"

#include <algorithm>
#include <array>

namespace maru::checks::sql {

namespace {

using registers::FieldType;

ColumnKind kind_of(FieldType type) {
    switch (type) {
        case FieldType::integer:
        case FieldType::decimal:
        case FieldType::money: return ColumnKind::number;
        case FieldType::boolean: return ColumnKind::boolean;
        case FieldType::date: return ColumnKind::day;
        case FieldType::instant: return ColumnKind::instant;
        case FieldType::choice: return ColumnKind::choice;
        case FieldType::reference:
        case FieldType::person: return ColumnKind::reference;
        case FieldType::text:
        case FieldType::long_text:
        case FieldType::list:
        case FieldType::file:
        case FieldType::url:
        case FieldType::mail:
        case FieldType::mac_address:
        case FieldType::sha256: break;
    }
    return ColumnKind::text;
}

ColumnType of_field(const registers::Field& field) { return {kind_of(field.element()), field.to, &field}; }

struct ListTable {
    const registers::Register* of = nullptr;
    const registers::Field* field = nullptr;
};

std::optional<ListTable> list_table(const registers::Schema& schema, std::string_view name) {
    for (const auto& of : schema.all()) {
        if (!name.starts_with(of.name + "_")) continue;
        const auto* field = of.field(name.substr(of.name.size() + 1));
        if (field && field->is_list()) return ListTable{&of, field};
    }
    return std::nullopt;
}

}  // namespace

std::optional<ColumnType> type_of(const registers::Schema& schema, std::string_view table,
                                  std::string_view column) {
    if (const auto* of = schema.find(table)) {
        if (column == "id") return ColumnType{ColumnKind::reference, of->name, nullptr};
        if (column == "version" || column == "from_index") return ColumnType{ColumnKind::number, "", nullptr};
        const auto* field = of->field(column);
        return field && !field->is_list() ? std::optional(of_field(*field)) : std::nullopt;
    }
    const auto list = list_table(schema, table);
    if (!list) return std::nullopt;
    if (column == "record") return ColumnType{ColumnKind::reference, list->of->name, nullptr};
    if (column == "position") return ColumnType{ColumnKind::number, "", nullptr};
    return column == "value" ? std::optional(of_field(*list->field)) : std::nullopt;
}

bool is_table(const registers::Schema& schema, std::string_view name) {
    return schema.find(name) != nullptr || list_table(schema, name).has_value();
}

std::map<std::string, std::set<std::string>> aliases(const std::vector<Token>& tokens,
                                                     const registers::Schema& schema) {
    std::map<std::string, std::set<std::string>> out;
    const auto word_at = [&](std::size_t i) {
        return i < tokens.size() && tokens[i].kind == TokenKind::word;
    };
    static constexpr std::array<std::string_view, 15> ends = {"on",     "where",  "join",  "left",  "inner",
                                                              "group",  "order",  "union", "limit", "cross",
                                                              "having", "except", "then",  "and",   "end"};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool table = word_at(i) && is_table(schema, tokens[i].text) && i > 0 &&
                           (tokens[i - 1].is("from") || tokens[i - 1].is("join") || tokens[i - 1].is(","));
        if (!table && !tokens[i].is(")")) continue;
        const std::size_t at = i + 1 < tokens.size() && tokens[i + 1].is("as") ? i + 2 : i + 1;
        const bool named = word_at(at) && std::ranges::find(ends, tokens[at].text) == ends.end();
        if (named)
            out[tokens[at].text].insert(table ? tokens[i].text : "");
        else if (table)
            out[tokens[i].text].insert(tokens[i].text);
    }
    return out;
}

}  // namespace maru::checks::sql
