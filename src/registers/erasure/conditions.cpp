#include "erasure/conditions.hpp"

#include <fmt/core.h>

#include "registers/tables.hpp"
#include "tables/definitions.hpp"

namespace maru::registers {

namespace {

// "select ?1 as "code", ?2 as "name" …"; the number of the next parameter is left in `parameter`.
std::string values_of(const Register& of, int& parameter) {
    std::vector<std::string> columns;
    for (const Field& field : of.fields)
        if (!field.is_list())
            columns.push_back(fmt::format("?{} as {}", parameter++, store::quoted(field.name)));
    return "select " + join(columns, ", ");
}

std::string or_true(const std::string& where) { return where.empty() ? "1" : where; }

std::string names_person(const Register& of, const std::string& field_name) {
    if (field_name.empty()) return "1";
    const Field* field = of.field(field_name);
    if (field && field->is_list())
        return fmt::format("id in (select record from {} where value = ?1)",
                           store::quoted(list_table(of, *field)));
    return store::quoted(field_name) + " = ?1";
}

Result<void> compile(store::Database& database, const Register& of, const std::string& where,
                     const std::string& sql) {
    if (auto compiled = database.prepare(sql); !compiled)
        return std::unexpected(
            prefixed(fmt::format("{}.toml where \"{}\"", of.name, where), std::move(compiled).error()));
    return {};
}

Result<void> check_selection(store::Database& database, const Register& of, const std::string& field,
                             const std::string& where) {
    return compile(database, of, where, records_where(of, field, where));
}

}  // namespace

Result<void> define_today(store::Database& database, Day today) {
    return database.define_volatile(
        "today", 0,
        [iso = today.iso()](std::span<const store::ValueView>) -> Result<store::Value> { return iso; });
}

std::string condition_on_values(const Register& of, const Register& person, const std::string& where) {
    int parameter = 1;
    std::string from = fmt::format("({}) as record", values_of(of, parameter));
    if (of.name != person.name) from += fmt::format(", ({}) as person", values_of(person, parameter));
    return fmt::format("select ({}) from {}", or_true(where), from);
}

std::string records_where(const Register& of, const std::string& person_field, const std::string& where) {
    return fmt::format("select id from {} where {} and ({}) order by id", store::quoted(of.name),
                       names_person(of, person_field), or_true(where));
}

Result<void> check_conditions(store::Database& database, const Register& of, const Register* person) {
    TRY(define_today(database, first_day()));
    for (const std::string& sql : table_definitions(of, Kept::temporary)) TRY(database.execute(sql));
    for (const Retention& one : of.retention)
        if (person) TRY(compile(database, of, one.where, condition_on_values(of, *person, one.where)));
    for (const ErasureBlock& one : of.erasure_blocks)
        TRY(check_selection(database, of, one.person, one.where));
    for (const CopyHint& one : of.copies) TRY(check_selection(database, of, one.person, one.where));
    if (of.hold) TRY(check_selection(database, of, of.hold->person, of.hold->where));
    return {};
}

}  // namespace maru::registers
