#include "registers/statements.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "registers/tables.hpp"
#include "tables/rules.hpp"

namespace maru::registers {

namespace {

// ", ?4, ?5 …"
std::string parameters(std::size_t first, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += fmt::format(", ?{}", first + i);
    return out;
}

std::string insert_into(const std::string& table, const Register& of, std::size_t scalars) {
    return fmt::format("insert into {} (id, {}) values (?1, ?2, ?3{})", store::quoted(table),
                       scalar_columns(of), parameters(4, scalars));
}

std::string update_of(const Register& of) {
    std::string out = fmt::format("update {} set version = ?2, from_index = ?3", store::quoted(of.name));
    std::size_t parameter = 4;
    for (const Field& field : of.fields)
        if (!field.is_list()) out += fmt::format(", {} = ?{}", store::quoted(field.name), parameter++);
    return out + " where id = ?1";
}

std::string select_by_key(const Register& of) {
    std::vector<std::string> conditions;
    for (const std::string& name : of.key)
        conditions.push_back(fmt::format("{} = ?{}", store::quoted(name), conditions.size() + 1));
    return fmt::format("select id from {} where {}", store::quoted(of.name), join(conditions, " and "));
}

ListStatements list_statements(const Register& of, std::size_t position) {
    const std::string current = store::quoted(list_table(of, of.fields[position]));
    const std::string history = store::quoted(list_history_table(of, of.fields[position]));
    return {
        position,
        fmt::format("select value from {} where record = ?1 order by position", current),
        fmt::format("insert into {} (record, position, value) values (?1, ?2, ?3)", current),
        fmt::format("delete from {} where record = ?1", current),
        fmt::format("insert into {} (record, position, value, from_index) values (?1, ?2, ?3, ?4)", history),
        fmt::format("update {} set to_index = ?1 where record = ?2 and to_index is null", history)};
}

void add_positions(RegisterStatements& out, const Register& of) {
    for (std::size_t i = 0; i < of.fields.size(); ++i) {
        out.positions.emplace(of.fields[i].name, i);
        if (of.fields[i].is_list())
            out.lists.push_back(list_statements(of, i));
        else
            out.scalars.push_back(i);
    }
    for (const std::string& name : of.key) out.key.push_back(out.positions.at(name));
    if (of.about_person() && of.subject != "id") out.subject = out.positions.at(of.subject);
    out.by_number.resize(of.fields.size());
    std::iota(out.by_number.begin(), out.by_number.end(), 0);
    std::ranges::sort(out.by_number, {}, [&of](std::size_t i) { return of.fields[i].number; });
}

// Registers of people, pay and My Numbers: the places where somebody would type one (番号法 20条 forbids to
// collect it).
bool guards_my_number(std::string_view name) {
    return name == "person" || name.starts_with("my_number") || name.starts_with("payroll");
}

std::vector<Referrer> referrers_of(const Register& to, const Schema& schema) {
    std::vector<Referrer> out;
    for (const Register& from : schema.all())
        for (const Field& field : from.fields) {
            if (!field.is_reference() || field.to != to.name) continue;
            const bool self = &from == &to;
            const std::string id = field.is_list() ? "record" : "id";
            out.push_back(
                {&from, fmt::format("select distinct {0} from {1} where {2} = ?1{3} limit 6", id,
                                    store::quoted(field.is_list() ? list_table(from, field) : from.name),
                                    field.is_list() ? "value" : store::quoted(field.name),
                                    self ? fmt::format(" and {} <> ?1", id) : "")});
        }
    return out;
}

RegisterStatements statements_of(const Register& of, const Schema& schema) {
    RegisterStatements out;
    out.of = &of;
    add_positions(out, of);
    const std::string table = store::quoted(of.name);
    const std::string history = store::quoted(history_table(of));
    out.guards_my_number = guards_my_number(of.name);
    out.select = fmt::format("select {} from {} where id = ?1", scalar_columns(of), table);
    out.select_by_key = select_by_key(of);
    out.last_version = fmt::format(
        "select version, from_index, to_index from {} where id = ?1 order by from_index desc limit 1",
        history);
    out.insert = insert_into(of.name, of, out.scalars.size());
    out.update = update_of(of);
    out.remove = fmt::format("delete from {} where id = ?1", table);
    out.insert_history = insert_into(history_table(of), of, out.scalars.size());
    out.close_history = fmt::format("update {} set to_index = ?1 where id = ?2 and from_index = ?3", history);
    if (!of.rules.empty()) out.rules = rules_query(of, of.rules);
    out.referrers = referrers_of(of, schema);
    return out;
}

}  // namespace

std::string scalar_columns(const Register& of) {
    std::string out = "version, from_index";
    for (const Field& field : of.fields)
        if (!field.is_list()) out += ", " + store::quoted(field.name);
    return out;
}

Statements::Statements(const Schema& schema) {
    for (const Register& one : schema.all()) all_.emplace(one.name, statements_of(one, schema));
}

}  // namespace maru::registers
