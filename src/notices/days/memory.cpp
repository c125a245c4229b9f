#include "days/memory.hpp"

#include <array>

#include "database/messages.hpp"

namespace maru::notices {

using sheets::Mark;

namespace {

constexpr std::array marks{Mark::full, Mark::partial, Mark::none, Mark::unknown, Mark::not_applicable};

std::optional<Day> day_in(const store::Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    const auto day = parse_iso_day(row.text(column));
    return day ? std::optional(*day) : std::nullopt;
}

void bind(store::Statement& statement, int parameter, const std::optional<Day>& day) {
    if (day)
        statement.bind(parameter, day->iso());
    else
        statement.bind(parameter, store::Null{});
}

Mark mark_in(std::string_view code) {
    for (const Mark mark : marks)
        if (code_of(mark) == code) return mark;
    return Mark::unknown;
}

Result<void> load_days(store::Database& database, Memory& memory) {
    auto query = TRY(database.prepare("select day, digest_day from last_day"));
    const auto row = TRY(query.step());
    if (!row) return {};
    memory.last_day = day_in(*row, 0);
    memory.digest_day = day_in(*row, 1);
    return {};
}

Result<void> save_days(store::Database& database, const DayDone& done) {
    auto put =
        TRY(database.prepare("insert or replace into last_day (one, day, digest_day) values (1, ?1, ?2)"));
    put.bind(1, done.day.iso());
    bind(put, 2, done.memory.digest_day);
    return put.run();
}

Result<void> save_items(store::Database& database, const std::string& sheet, const Memory& memory) {
    auto put = TRY(
        database.prepare("insert or replace into told_item (sheet, item, mark, asked_since, asked_on) values "
                         "(?1, ?2, ?3, ?4, ?5)"));
    for (const auto& [code, item] : memory.items) {
        put.bind(1, sheet).bind(2, code).bind(3, code_of(item.mark));
        bind(put, 4, item.asked_since);
        bind(put, 5, item.asked_on);
        TRY(put.run());
    }
    return {};
}

Result<void> save_tasks(store::Database& database, const Memory& memory) {
    TRY(database.execute("delete from seen_task"));
    auto put =
        TRY(database.prepare("insert into seen_task (check_name, subject, owner, first_seen, open_since, "
                             "escalated_on) values (?1, ?2, ?3, ?4, ?5, ?6)"));
    for (const auto& [key, task] : memory.tasks) {
        put.bind(1, key.first).bind(2, key.second).bind(4, task.first_seen.iso());
        task.owner ? put.bind(3, *task.owner) : put.bind(3, store::Null{});
        bind(put, 5, task.open_since);
        bind(put, 6, task.escalated_on);
        TRY(put.run());
    }
    return {};
}

}  // namespace

std::string_view code_of(Mark mark) {
    switch (mark) {
        case Mark::full: return "full";
        case Mark::partial: return "partial";
        case Mark::none: return "none";
        case Mark::unknown: return "unknown";
        case Mark::not_applicable: return "not_applicable";
    }
    return "unknown";
}

Result<Memory> load_memory(store::Database& database, const std::string& sheet) {
    Memory memory;
    TRY(load_days(database, memory));
    auto items =
        TRY(database.prepare("select item, mark, asked_since, asked_on from told_item where sheet = ?1"));
    items.bind(1, sheet);
    while (const auto row = TRY(items.step()))
        memory.items[std::string(row->text(0))] = {mark_in(row->text(1)), day_in(*row, 2), day_in(*row, 3)};
    auto tasks = TRY(database.prepare(
        "select check_name, subject, owner, first_seen, open_since, escalated_on from seen_task"));
    while (const auto row = TRY(tasks.step()))
        memory.tasks[{std::string(row->text(0)), std::string(row->text(1))}] = {
            row->maybe_integer(2), day_in(*row, 3).value_or(first_day()), day_in(*row, 4), day_in(*row, 5)};
    return memory;
}

Result<bool> commit_day(store::Database& database, const std::string& sheet, const DayDone& done,
                        const Random& random) {
    auto transaction = TRY(store::Transaction::begin(database));
    Memory before;
    TRY(load_days(database, before));
    if (before.last_day && *before.last_day >= done.day) return false;
    TRY(save_days(database, done));
    TRY(save_items(database, sheet, done.memory));
    TRY(save_tasks(database, done.memory));
    for (const Draft& draft : done.drafts) TRY(insert(database, draft, done.now, random));
    TRY(transaction.commit());
    return true;
}

}  // namespace maru::notices
