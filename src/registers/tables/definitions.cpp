#include "tables/definitions.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <ranges>

#include "crypto/hash.hpp"
#include "registers/tables.hpp"
#include "store/database.hpp"

namespace maru::registers {

namespace {

using Columns = std::vector<std::string>;

enum class Uniqueness { unique, any };

struct Index {
    std::string suffix;
    Columns columns;
    Uniqueness uniqueness = Uniqueness::any;
};

bool begins_with(const Columns& columns, const Columns& beginning) {
    return beginning.size() <= columns.size() &&
           std::ranges::equal(beginning, columns | std::views::take(beginning.size()));
}

// An index whose columns another one begins with costs writes and helps no read.
void add(std::vector<Index>& indexes, Index index) {
    const auto covered = [&](const Index& other) { return begins_with(other.columns, index.columns); };
    if (index.uniqueness == Uniqueness::any && std::ranges::any_of(indexes, covered)) return;
    indexes.push_back(std::move(index));
}

std::vector<Index> indexes_of(const Register& of) {
    std::vector<Index> out{{"by_key", of.key, Uniqueness::unique}};
    for (const Field& field : of.fields)
        if (field.unique && of.key != Columns{field.name})
            out.push_back({"by_" + field.name, {field.name}, Uniqueness::unique});
    for (std::size_t i = 0; i < of.indexes.size(); ++i)
        add(out, {fmt::format("index_{}", i + 1), of.indexes[i]});
    for (const std::string& name : of.key)
        if (of.field(name)->is_reference()) add(out, {"of_" + name, {name}});
    return out;
}

std::string create_index(const std::string& table, const Index& index, Uniqueness uniqueness) {
    Columns columns;
    for (const std::string& name : index.columns) columns.push_back(store::quoted(name));
    return fmt::format("create {}index {} on {} ({})", uniqueness == Uniqueness::unique ? "unique " : "",
                       store::quoted(table + "_" + index.suffix), store::quoted(table), join(columns, ", "));
}

std::string field_columns(const Register& of) {
    std::string out;
    for (const Field& field : of.fields)
        if (!field.is_list()) out += fmt::format(", {} {}", store::quoted(field.name), column_type(field));
    return out;
}

std::string create_table(Kept kept) {
    return kept == Kept::temporary ? "create temp table " : "create table ";
}

std::string_view type_name(FieldType type) {
    switch (type) {
        case FieldType::text:
        case FieldType::long_text: return "text";
        case FieldType::integer: return "integer";
        case FieldType::decimal: return "decimal";
        case FieldType::money: return "money";
        case FieldType::date: return "date";
        case FieldType::instant: return "instant";
        case FieldType::boolean: return "boolean";
        case FieldType::choice: return "choice";
        case FieldType::reference:
        case FieldType::person: return "reference";
        case FieldType::list: return "list";
        case FieldType::file: return "file";
        case FieldType::url: return "url";
        case FieldType::mail: return "mail";
        case FieldType::mac_address: return "mac_address";
        case FieldType::sha256: return "sha256";
    }
    return "";
}

}  // namespace

std::string_view column_type(const Field& field) {
    switch (field.element()) {
        case FieldType::integer:
        case FieldType::decimal:
        case FieldType::money:
        case FieldType::boolean:
        case FieldType::reference:
        case FieldType::person: return "integer";
        case FieldType::text:
        case FieldType::long_text:
        case FieldType::date:
        case FieldType::instant:
        case FieldType::choice:
        case FieldType::list:
        case FieldType::file:
        case FieldType::url:
        case FieldType::mail:
        case FieldType::mac_address:
        case FieldType::sha256: return "text";
    }
    return "text";
}

std::string storage_of(const Field& field) {
    std::string out(type_name(field.element()));
    if (field.element() == FieldType::decimal) out += fmt::format("({})", field.scale);
    if (field.element() == FieldType::money) out += fmt::format("({})", field.currency);
    if (field.is_reference()) out += fmt::format("({})", field.to);
    return field.is_list() ? fmt::format("list({})", out) : out;
}

std::vector<std::string> table_definitions(const Register& of, Kept kept) {
    const std::string fields = field_columns(of);
    const std::string create = create_table(kept);
    std::vector<std::string> out{
        fmt::format("{}{} (id integer primary key, version integer not null, from_index integer not null{})",
                    create, store::quoted(of.name), fields),
        fmt::format("{}{} (id integer not null, version integer not null, from_index integer not null, "
                    "to_index integer{})",
                    create, store::quoted(history_table(of)), fields)};
    for (const Field& field : of.fields)
        if (field.is_list()) std::ranges::move(list_definitions(of, field, kept), std::back_inserter(out));
    return out;
}

std::vector<std::string> list_definitions(const Register& of, const Field& list, Kept kept) {
    const std::string create = create_table(kept);
    const std::string columns = fmt::format(
        "record integer not null, position integer not null, value {} not null", column_type(list));
    return {fmt::format("{}{} ({}, primary key (record, position)) without rowid", create,
                        store::quoted(list_table(of, list)), columns),
            fmt::format("{}{} ({}, from_index integer not null, to_index integer, primary key (record, "
                        "from_index, position)) "
                        "without rowid",
                        create, store::quoted(list_history_table(of, list)), columns)};
}

std::vector<std::string> index_definitions(const Register& of) {
    const std::string history = history_table(of);
    std::vector<std::string> out;
    for (const Index& index : indexes_of(of)) {
        out.push_back(create_index(of.name, index, index.uniqueness));
        out.push_back(create_index(history, index, Uniqueness::any));
    }
    out.push_back(create_index(history, {"by_record", {"id", "from_index"}}, Uniqueness::unique));
    for (const Field& field : of.fields) {
        if (!field.is_list()) continue;
        out.push_back(
            create_index(list_table(of, field), {"by_value", {"value", "record"}}, Uniqueness::any));
        out.push_back(
            create_index(list_history_table(of, field), {"by_value", {"value", "record"}}, Uniqueness::any));
    }
    return out;
}

std::string shape_of(const Register& of) {
    std::string text =
        join(table_definitions(of, Kept::durable), "\n") + "\n" + join(index_definitions(of), "\n");
    for (const Field& field : of.fields)
        text += fmt::format("\n{} {} {}", field.number, field.name, storage_of(field));
    return hex(crypto::sha256(as_bytes(text)));
}

}  // namespace maru::registers
