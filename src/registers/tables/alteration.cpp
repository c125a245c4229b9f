#include "tables/alteration.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "registers/tables.hpp"
#include "tables/definitions.hpp"

namespace maru::registers {

namespace {

Result<void> execute_all(store::Database& database, const std::vector<std::string>& statements) {
    for (const std::string& sql : statements) TRY(database.execute(sql));
    return {};
}

Result<void> make_indexes(store::Database& database, const Register& of) {
    const Result<void> made = execute_all(database, index_definitions(of));
    if (made || made.error().kind != ErrorKind::conflict) return made;
    return fail(
        ErrorKind::conflict,
        {fmt::format("{}.toml: 新しい key か unique "
                     "に反する記録が既にあります。定義を戻して重複を直してください（{}）。",
                     of.name, made.error().message.ja),
         fmt::format(
             "{}.toml: records break a new key or unique; take it back and mend the duplicates first ({})",
             of.name, made.error().message.en)});
}

Result<void> drop_indexes_on(store::Database& database, const std::string& table) {
    std::vector<std::string> names;
    store::Statement query = TRY(database.prepare(
        "select name from sqlite_schema where type = 'index' and tbl_name = ?1 and sql is not null"));
    query.bind(1, std::string_view(table));
    while (const std::optional<store::Row> row = TRY(query.step())) names.emplace_back(row->text(0));
    for (const std::string& name : names) TRY(database.execute("drop index " + store::quoted(name)));
    return {};
}

// The tables of a register as they are stored, under the name that the register had.
class Alteration {
public:
    Alteration(store::Database& database, const Register& to, StoredRegister from)
        : database_(database), to_(to), from_(std::move(from)) {}

    Result<void> run() {
        TRY(drop_indexes());
        TRY(rename_register());
        TRY(move_names_aside());
        for (const Field& field : to_.fields) TRY(bring(field));
        return make_indexes(database_, to_);
    }

    const StoredRegister& stored() const { return from_; }

private:
    std::string list_name(const StoredField& field) const { return from_.name + "_" + field.name; }

    Result<void> drop_indexes() {
        TRY(drop_indexes_on(database_, from_.name));
        TRY(drop_indexes_on(database_, from_.name + "_history"));
        for (const auto& [number, field] : from_.fields) {
            if (!field.is_list()) continue;
            TRY(drop_indexes_on(database_, list_name(field)));
            TRY(drop_indexes_on(database_, list_name(field) + "_history"));
        }
        return {};
    }

    Result<void> rename_table(const std::string& from, const std::string& to) {
        return database_.execute(
            fmt::format("alter table {} rename to {}; alter table {} rename to {}", store::quoted(from),
                        store::quoted(to), store::quoted(from + "_history"), store::quoted(to + "_history")));
    }

    Result<void> rename_register() {
        if (from_.name == to_.name) return {};
        TRY(rename_table(from_.name, to_.name));
        for (const auto& [number, field] : from_.fields)
            if (field.is_list()) TRY(rename_table(list_name(field), to_.name + "_" + field.name));
        from_.name = to_.name;
        return {};
    }

    Result<void> rename_field(StoredField& field, const std::string& name) {
        if (field.is_list()) {
            TRY(rename_table(list_name(field), from_.name + "_" + name));
        } else {
            for (const std::string& table : {from_.name, from_.name + "_history"})
                TRY(database_.execute(fmt::format("alter table {} rename column {} to {}",
                                                  store::quoted(table), store::quoted(field.name),
                                                  store::quoted(name))));
        }
        field.name = name;
        return {};
    }

    // Two fields may swap names, and a new field may take the name of a removed one.
    Result<void> move_names_aside() {
        for (auto& [number, field] : from_.fields) {
            const Field* named = to_.field(field.name);
            if (named && named->number != number) TRY(rename_field(field, fmt::format("_{}", number)));
        }
        return {};
    }

    Result<void> bring(const Field& field) {
        const auto at = from_.fields.find(field.number);
        if (at == from_.fields.end()) return add(field);
        if (at->second.name != field.name) TRY(rename_field(at->second, field.name));
        at->second.storage = storage_of(field);
        return {};
    }

    Result<void> add(const Field& field) {
        from_.fields[field.number] = {field.name, storage_of(field)};
        if (field.is_list()) return execute_all(database_, list_definitions(to_, field, Kept::durable));
        for (const std::string& table : {from_.name, from_.name + "_history"})
            TRY(database_.execute(fmt::format("alter table {} add column {} {}", store::quoted(table),
                                              store::quoted(field.name), column_type(field))));
        return {};
    }

    store::Database& database_;
    const Register& to_;
    StoredRegister from_;
};

Result<void> remember(store::Database& database, const Register& of,
                      const std::map<int, StoredField>& fields) {
    store::Statement table = TRY(
        database.prepare("insert or replace into register_table (number, name, shape) values (?1, ?2, ?3)"));
    const std::string shape = shape_of(of);
    table.bind(1, of.number).bind(2, std::string_view(of.name)).bind(3, std::string_view(shape));
    TRY(table.run());
    store::Statement one = TRY(database.prepare(
        "insert or replace into register_field (register, number, name, storage) values (?1, ?2, ?3, ?4)"));
    for (const auto& [number, field] : fields) {
        one.bind(1, of.number)
            .bind(2, number)
            .bind(3, std::string_view(field.name))
            .bind(4, std::string_view(field.storage));
        TRY(one.run());
    }
    return {};
}

}  // namespace

Result<void> check_storage(const Register& of, const StoredRegister& stored) {
    for (const Field& field : of.fields) {
        const auto at = stored.fields.find(field.number);
        const std::string now = storage_of(field);
        if (at == stored.fields.end() || at->second.storage == now) continue;
        return fail(
            ErrorKind::invalid,
            {fmt::format("{}.toml 項目 {}: 型が {} から {} に変わっています。番号 {} "
                         "の型は変えられません。元に戻すか、新しい番号の項目を足してください。",
                         of.name, field.name, at->second.storage, now, field.number),
             fmt::format(
                 "{}.toml field {}: its type changed from {} to {}; the type of number {} is permanent: take "
                 "the change back or add a field with a new number",
                 of.name, field.name, at->second.storage, now, field.number)});
    }
    return {};
}

Result<void> create_register(store::Database& database, const Register& of) {
    TRY(execute_all(database, table_definitions(of, Kept::durable)));
    TRY(make_indexes(database, of));
    std::map<int, StoredField> fields;
    for (const Field& field : of.fields) fields[field.number] = {field.name, storage_of(field)};
    return remember(database, of, fields);
}

Result<void> alter_register(store::Database& database, const Register& to, const StoredRegister& from) {
    TRY(check_storage(to, from));
    Alteration alteration(database, to, from);
    TRY(alteration.run());
    return remember(database, to, alteration.stored().fields);
}

}  // namespace maru::registers
