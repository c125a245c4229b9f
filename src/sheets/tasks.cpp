#include "sheets/tasks.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/text.hpp"

namespace maru::sheets {

using checks::Check;
using checks::CheckKey;
using checks::CheckResult;
using checks::CheckState;
using checks::Row;
using checks::RowState;

namespace {

bool open_today(RowState state) {
    switch (state) {
        case RowState::missing:
        case RowState::expired:
        case RowState::unknown:
        case RowState::due: return true;
        case RowState::satisfied:
        case RowState::exempt:
        case RowState::absent: return false;
    }
    return false;
}

// The last good day of a row that holds today, if it ends by `until`.
std::optional<Day> runs_out(const Row& row, const Check& check, Day today, Day until) {
    if (!row.terms.valid_until || *row.terms.valid_until >= until) return std::nullopt;
    const RowState after = checks::state_on(row.terms, check.grace, row.terms.valid_until->plus_days(1));
    if (after == RowState::absent || after == RowState::exempt || *row.terms.valid_until < today)
        return std::nullopt;
    return row.terms.valid_until;
}

std::optional<Day> due_on(const Row& row, const Check& check, Day today, Day until) {
    const RowState state = checks::state_on(row.terms, check.grace, today);
    if (open_today(state)) return today;
    return state == RowState::satisfied ? runs_out(row, check, today, until) : std::nullopt;
}

// Items by check: rows of a check with a parameter are the same work for all its items.
std::map<CheckKey, std::set<int>> items_of(const Sheet& sheet) {
    std::map<CheckKey, std::set<int>> items;
    for (const Item* item : sheet.rows(Sheet::Rows::published))
        for (const Link& link : item->links)
            if (link.level != Level::extra)
                for (const CheckKey& key : link.checks) items[key].insert(item->number);
    return items;
}

Task task_of(const Row& row, const CheckResult& result, Day due, Day today) {
    Task task;
    task.due_on = due;
    task.owner = row.owner;
    task.check = result.check;
    task.subject = row.subject;
    task.label = row.label;
    task.state = checks::state_on(row.terms, result.check->grace, today);
    task.todo = {todo(*result.check, row, Language::ja), todo(*result.check, row, Language::en)};
    task.reason = {checks::sentence(*result.check, row, Language::ja),
                   checks::sentence(*result.check, row, Language::en)};
    task.minutes = result.check->minutes;
    return task;
}

// Rows that wait for one list are one task: to bring the list up to date.
Task list_task(const Row& row, const CheckResult& result, const Check* lists, Day today) {
    Task task = task_of(row, result, today, today);
    task.check = lists;
    task.subject = row.doubt->list;
    task.label = row.doubt->list_label;
    task.minutes = lists->minutes;
    return task;
}

bool nothing_to_do(const CheckResult& result, Day today, Day until) {
    const CheckState now = result.state_on(today);
    if (now == CheckState::not_applicable || now == CheckState::error) return true;
    const auto counts = result.counts_on(today);
    const auto changes = result.change_days(today);
    return counts.satisfied + counts.exempt == counts.total() &&
           (changes.empty() || changes.front() > until.plus_days(1));
}

}  // namespace

std::string todo(const Check& check, const Row& row, Language language) {
    if (row.doubt) return row.doubt->todo.in(language);
    return fill(check.todo.in(language), [&](std::string_view name, std::string_view as_written) {
        if (name == "label") return row.label;
        const auto column = std::ranges::find(row.columns, name,
                                              [](const auto& pair) { return std::string_view(pair.first); });
        return column == row.columns.end() ? std::string(as_written) : column->second;
    });
}

Result<std::vector<Task>> tasks(checks::Evaluation& evaluation, const Sheet& sheet, Day until) {
    const Day today = evaluation.today();
    if (today < evaluation.known_from()) return std::vector<Task>{};
    const auto& checks = evaluation.library().checks;
    const auto lists_fresh = checks.find("lists-fresh");
    const Check* const lists = lists_fresh == checks.end() ? nullptr : &lists_fresh->second;
    evaluation.run_all(sheet.keys(Sheet::Rows::published));
    std::map<std::pair<const Check*, std::string>, Task> found;
    for (const auto& [key, items] : items_of(sheet)) {
        const CheckResult& result = evaluation.run(key);
        if (nothing_to_do(result, today, until)) continue;
        for (const Row& row : TRY(evaluation.rows(key))) {
            const auto due = due_on(row, *result.check, today, until);
            if (!due) continue;
            const bool waits = row.doubt && lists && !row.doubt->list.empty();
            auto [at, fresh] = found.try_emplace(waits ? std::pair(lists, row.doubt->list)
                                                       : std::pair(result.check, row.subject));
            if (fresh || *due < at->second.due_on) {
                const std::vector<int> before = std::move(at->second.items);
                at->second = waits ? list_task(row, result, lists, today) : task_of(row, result, *due, today);
                at->second.items = before;
            }
            at->second.items.insert(at->second.items.end(), items.begin(), items.end());
        }
    }
    std::vector<Task> out;
    for (auto& [key, task] : found) {
        std::ranges::sort(task.items);
        task.items.erase(std::unique(task.items.begin(), task.items.end()), task.items.end());
        out.push_back(std::move(task));
    }
    std::ranges::sort(out, [](const Task& a, const Task& b) {
        return std::tie(a.due_on, a.owner, a.check->name, a.label, a.subject) <
               std::tie(b.due_on, b.owner, b.check->name, b.label, b.subject);
    });
    return out;
}

}  // namespace maru::sheets
