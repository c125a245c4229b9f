#include "records/reading.hpp"

#include <fmt/core.h>

#include "registers/tables.hpp"

namespace maru::registers {

namespace {

Result<void> add_lists(store::Database& database, const Register& of, Record& record) {
    for (std::size_t i = 0; i < of.fields.size(); ++i) {
        if (!of.fields[i].is_list()) continue;
        store::Statement* query =
            TRY(database.cached(fmt::format("select value from {} where record = ?1 order by position",
                                            store::quoted(list_table(of, of.fields[i])))));
        query->bind(1, record.id);
        record.values[i] = TRY(items_of(*query));
    }
    return {};
}

// The items that a list had right after the entry at which the version began.
Result<void> add_past_lists(store::Database& database, const Register& of, Record& record) {
    for (std::size_t i = 0; i < of.fields.size(); ++i) {
        if (!of.fields[i].is_list()) continue;
        store::Statement* query =
            TRY(database.cached(fmt::format("select value from {} where record = ?1 and from_index <= ?2 and "
                                            "(to_index is null or to_index > ?2) "
                                            "order by position",
                                            store::quoted(list_history_table(of, of.fields[i])))));
        query->bind(1, record.id).bind(2, record.from_index);
        record.values[i] = TRY(items_of(*query));
    }
    return {};
}

Record record_of(const store::Row& row, const Register& of, std::int64_t id) {
    return {id, row.integer(0), row.integer(1), std::nullopt, scalars_of(row, of, 2)};
}

}  // namespace

std::vector<FieldValue> scalars_of(const store::Row& row, const Register& of, int first_column) {
    std::vector<FieldValue> values;
    values.reserve(of.fields.size());
    for (const Field& field : of.fields) {
        if (field.is_list())
            values.emplace_back(std::vector<store::Value>{});
        else
            values.emplace_back(row.value(first_column++));
    }
    return values;
}

Result<std::vector<store::Value>> items_of(store::Statement& query) {
    std::vector<store::Value> items;
    while (const std::optional<store::Row> row = TRY(query.step())) items.push_back(row->value(0));
    return items;
}

Result<std::optional<Record>> read(store::Database& database, const Register& of, std::int64_t id) {
    store::Statement* query = TRY(database.cached(
        fmt::format("select {} from {} where id = ?1", scalar_columns(of), store::quoted(of.name))));
    query->bind(1, id);
    const std::optional<store::Row> row = TRY(query->step());
    if (!row) return std::nullopt;
    Record record = record_of(*row, of, id);
    query->reset();
    TRY(add_lists(database, of, record));
    return record;
}

Result<void> each_record(store::Database& database, const Register& of,
                         const std::function<Result<void>(const Record&)>& visit) {
    store::Statement query = TRY(database.prepare(
        fmt::format("select {}, id from {} order by id", scalar_columns(of), store::quoted(of.name))));
    const int id_column = query.columns() - 1;
    while (const std::optional<store::Row> row = TRY(query.step())) {
        Record record = record_of(*row, of, row->integer(id_column));
        TRY(add_lists(database, of, record));
        TRY(visit(record));
    }
    return {};
}

Result<std::vector<Record>> history(store::Database& database, const Register& of, std::int64_t id) {
    store::Statement query =
        TRY(database.prepare(fmt::format("select {}, to_index from {} where id = ?1 order by from_index",
                                         scalar_columns(of), store::quoted(history_table(of)))));
    query.bind(1, id);
    const int to_column = query.columns() - 1;
    std::vector<Record> out;
    while (const std::optional<store::Row> row = TRY(query.step())) {
        out.push_back(record_of(*row, of, id));
        out.back().to_index = row->maybe_integer(to_column);
    }
    for (Record& record : out) TRY(add_past_lists(database, of, record));
    return out;
}

}  // namespace maru::registers
