#include "records/versions.hpp"

#include <fmt/core.h>

#include "ledger/log.hpp"
#include "records/reading.hpp"

namespace maru::registers {

namespace {

using Items = std::vector<store::Value>;

const Items& items_in(const Record& record, const ListStatements& list) {
    return std::get<Items>(record.values[list.field]);
}

// Parameters id, version, from_index, scalars…
void bind_record(store::Statement& statement, const RegisterStatements& of, const Record& record) {
    statement.bind(1, record.id).bind(2, record.version).bind(3, record.from_index);
    int parameter = 4;
    for (const std::size_t i : of.scalars)
        statement.bind(parameter++, std::get<store::Value>(record.values[i]));
}

Result<void> close_history(store::Database& database, const RegisterStatements& of, const Record& ended,
                           std::int64_t index) {
    store::Statement* close = TRY(database.cached(of.close_history));
    close->bind(1, index).bind(2, ended.id).bind(3, ended.from_index);
    return close->run();
}

Result<void> remove_items(store::Database& database, const ListStatements& list, std::int64_t id,
                          std::int64_t index) {
    store::Statement* remove = TRY(database.cached(list.remove));
    remove->bind(1, id);
    TRY(remove->run());
    store::Statement* close = TRY(database.cached(list.close_history));
    close->bind(1, index).bind(2, id);
    return close->run();
}

Result<void> insert_items(store::Database& database, const ListStatements& list, const Record& record) {
    const Items& items = items_in(record, list);
    if (items.empty()) return {};
    store::Statement* current = TRY(database.cached(list.insert));
    store::Statement* past = TRY(database.cached(list.insert_history));
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto position = static_cast<std::int64_t>(i);
        current->bind(1, record.id).bind(2, position).bind(3, items[i]);
        TRY(current->run());
        past->bind(1, record.id).bind(2, position).bind(3, items[i]).bind(4, record.from_index);
        TRY(past->run());
    }
    return {};
}

}  // namespace

Result<std::optional<Record>> read_current(store::Database& database, const RegisterStatements& of,
                                           std::int64_t id) {
    store::Statement* query = TRY(database.cached(of.select));
    query->bind(1, id);
    const std::optional<store::Row> row = TRY(query->step());
    if (!row) return std::nullopt;
    Record record{id, row->integer(0), row->integer(1), std::nullopt, scalars_of(*row, *of.of, 2)};
    query->reset();
    for (const ListStatements& list : of.lists) {
        store::Statement* items = TRY(database.cached(list.select));
        items->bind(1, id);
        record.values[list.field] = TRY(items_of(*items));
    }
    return record;
}

Result<std::optional<LastVersion>> last_version(store::Database& database, const RegisterStatements& of,
                                                std::int64_t id) {
    store::Statement* query = TRY(database.cached(of.last_version));
    query->bind(1, id);
    const std::optional<store::Row> row = TRY(query->step());
    std::optional<LastVersion> out;
    if (row) out = {row->integer(0), row->integer(1), row->maybe_integer(2)};
    query->reset();
    return out;
}

Result<void> check_version(WriteContext& context, const Register& of, std::int64_t id, std::int64_t current,
                           std::optional<std::int64_t> expected) {
    if (!expected || *expected == current) return {};
    std::string when;
    if (const auto last = TRY(last_version(context.database, context.statements.of(of), id));
        last && last->entry())
        if (const auto at = ledger::time_of(context.database, *last->entry())) when = format_instant(*at);
    return fail(
        ErrorKind::conflict,
        {fmt::format(
             "「{}」#{} は版 {} のはずが、いまは版 {} です（{} に変更）。読み直してから変えてください。",
             of.label.ja, id, *expected, current, when),
         fmt::format(
             "{} #{} was expected at version {} but is at version {} (changed {}); read it again first",
             of.name, id, *expected, current, when)});
}

Result<void> put_current(store::Database& database, const RegisterStatements& of, const Record& record,
                         Presence presence) {
    store::Statement* statement =
        TRY(database.cached(presence == Presence::is_there ? of.update : of.insert));
    bind_record(*statement, of, record);
    return statement->run();
}

Result<void> write_version(store::Database& database, const RegisterStatements& of, const Record& record,
                           const Record* before) {
    if (before) TRY(close_history(database, of, *before, record.from_index));
    store::Statement* insert = TRY(database.cached(of.insert_history));
    bind_record(*insert, of, record);
    TRY(insert->run());
    for (const ListStatements& list : of.lists) {
        if (before && items_in(*before, list) == items_in(record, list)) continue;
        if (before && !items_in(*before, list).empty())
            TRY(remove_items(database, list, record.id, record.from_index));
        TRY(insert_items(database, list, record));
    }
    return {};
}

Result<void> end_version(store::Database& database, const RegisterStatements& of, const Record& last,
                         std::int64_t index) {
    TRY(close_history(database, of, last, index));
    store::Statement* remove = TRY(database.cached(of.remove));
    remove->bind(1, last.id);
    TRY(remove->run());
    for (const ListStatements& list : of.lists) TRY(remove_items(database, list, last.id, index));
    return {};
}

}  // namespace maru::registers
