#include "exchange/columns.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "exchange/messages.hpp"
#include "registers/nearest.hpp"
#include "values/characters.hpp"
#include "values/scalars.hpp"

namespace maru::registers {

namespace {

constexpr std::size_t most_proposals = 12;

bool has_cells(const Table& table, std::size_t column) {
    return std::ranges::any_of(table.rows, [&](const auto& row) { return !trim(row[column]).empty(); });
}

Column column_of_heading(const Register& into, const Table& table, std::size_t at) {
    const std::string heading = without_invisible(table.headings[at]);  // files joined by cat hold more marks
    if (const Field* const field = into.field_by_heading(heading))
        return {.kind = Column::Kind::field, .field = field};
    const std::string word = folded(trim(heading));
    if (word == "id") return {.kind = Column::Kind::id};
    if (word == "version") return {.kind = Column::Kind::version};
    return {};
}

std::string name_of(const Column& column) {
    switch (column.kind) {
        case Column::Kind::field: return column.field->name;
        case Column::Kind::id: return "id";
        case Column::Kind::version: return "version";
        case Column::Kind::empty: break;
    }
    return "";
}

// The nearest headings; when nothing is near, the first ones that there are.
std::string proposals(const Register& into, const std::string& heading, Language language) {
    std::vector<std::string> names, labels;
    for (const Field& field : into.fields) {
        names.push_back(field.name);
        names.push_back(field.label.in(language));
        if (labels.size() < most_proposals) labels.push_back(field.label.in(language));
    }
    const std::vector<std::string> near = nearest(heading, names);
    return join(near.empty() ? labels : near, language == Language::ja ? "」「" : "”, “");
}

Text unknown_heading(const Register& into, const Table& table, std::size_t at) {
    const std::string letters = column_letters(at + 1);
    if (trim(table.headings[at]).empty())
        return {fmt::format("{}列に見出しがありません。見出しを書くか、列を消してください。", letters),
                fmt::format("column {} has no heading; write one or delete the column", letters)};
    const std::string heading = shown(table.headings[at]);
    return {fmt::format("見出し「{}」（{}列）は「{}」にありません。使える見出し: 「{}」。", heading, letters,
                        into.label.ja, proposals(into, heading, Language::ja)),
            fmt::format("the heading “{}” (column {}) is unknown to {}; perhaps “{}”", heading, letters,
                        into.label.en, proposals(into, heading, Language::en))};
}

Text twice(const Table& table, std::size_t first, std::size_t second) {
    return {fmt::format("見出し「{}」（{}列）と「{}」（{}列）は同じ項目です。どちらかを消してください。",
                        table.headings[first], column_letters(first + 1), table.headings[second],
                        column_letters(second + 1)),
            fmt::format("the headings “{}” (column {}) and “{}” (column {}) mean the same field; delete one",
                        table.headings[first], column_letters(first + 1), table.headings[second],
                        column_letters(second + 1))};
}

Result<void> check_key(const Register& into, const std::map<std::string, std::size_t>& places) {
    if (places.contains("id")) return {};
    for (const std::string& name : into.key) {
        if (places.contains(name) || into.field(name) == nullptr) continue;
        const Text& label = into.field(name)->label;
        return fail(
            ErrorKind::invalid,
            {fmt::format("見出し「{}」（{}）の列がありません。記録はこの項目で見分けます。", label.ja, name),
             fmt::format("the column “{}” ({}) is missing; records are told apart by it", label.en, name)});
    }
    return {};
}

}  // namespace

std::string heading_of(const Table& table, std::size_t column) {
    const bool named = column < table.headings.size() && !trim(table.headings[column]).empty();
    return named ? table.headings[column] : column_letters(column + 1) + "列";
}

Result<std::vector<Column>> match_columns(const Register& into, const Table& table) {
    std::vector<Column> columns;
    std::map<std::string, std::size_t> places;
    std::vector<std::string> ja, en;
    const auto complain = [&](const Text& text) { ja.push_back(text.ja), en.push_back(text.en); };
    for (std::size_t at = 0; at < table.headings.size(); ++at) {
        columns.push_back(column_of_heading(into, table, at));
        const std::string name = name_of(columns.back());
        if (name.empty() && trim(table.headings[at]).empty() && !has_cells(table, at)) continue;
        if (name.empty())
            complain(unknown_heading(into, table, at));
        else if (const auto [place, fresh] = places.emplace(name, at); !fresh)
            complain(twice(table, place->second, at));
    }
    if (!ja.empty()) return fail(ErrorKind::invalid, {join(ja, "\n"), join(en, "\n")});
    TRY(check_key(into, places));
    return columns;
}

}  // namespace maru::registers
