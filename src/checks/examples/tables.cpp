#include <fmt/core.h>

#include <set>

#include "checks/examples.hpp"

namespace maru::checks {

namespace {

using registers::Field;
using registers::FieldType;
using registers::Register;

std::string_view storage(const Field& field) {
    const FieldType type = field.element();
    const bool integer = field.is_reference() || type == FieldType::integer || type == FieldType::decimal ||
                         type == FieldType::money || type == FieldType::boolean;
    return integer ? "integer" : "text";
}

std::string table_sql(const Register& of) {
    std::string sql = fmt::format("create table {} (id integer primary key, version integer, from_index integer", store::quoted(of.name));
    std::string lists;
    for (const auto& field : of.fields) {
        if (field.is_list()) {
            lists += fmt::format(";create table {0} (record integer, position integer, value {2}, primary key (record, position)) without rowid"
                                 ";create index {1} on {0} (value, record)",
                                 store::quoted(of.name + "_" + field.name), store::quoted("by_" + of.name + "_" + field.name), storage(field));
        } else {
            sql += fmt::format(", {} {}", store::quoted(field.name), storage(field));
        }
    }
    return sql + ")" + lists;
}

std::string index_sql(const Register& of) {
    std::set<std::vector<std::string>> indexes(of.indexes.begin(), of.indexes.end());
    if (!of.key.empty()) indexes.insert(of.key);
    for (const auto& field : of.fields) {
        if (!field.is_list() && field.is_reference()) indexes.insert({field.name});
    }
    std::string sql;
    int number = 0;
    for (const auto& index : indexes) {
        std::vector<std::string> columns;
        for (const auto& column : index) columns.push_back(store::quoted(column));
        sql += fmt::format(";create index {} on {} ({})", store::quoted(fmt::format("{}_{}", of.name, ++number)), store::quoted(of.name),
                           join(columns, ", "));
    }
    return sql;
}

}  // namespace

Result<store::Database> catalog_database(const registers::Schema& schema) {
    store::Database database = TRY(store::Database::in_memory());
    for (const auto& of : schema.all()) TRY(database.execute(table_sql(of) + index_sql(of)));
    return database;
}

}  // namespace maru::checks
