#include <fmt/core.h>

#include <algorithm>
#include <ostream>

#include "cli/guide.hpp"
#include "cli/session.hpp"
#include "cli/tables.hpp"
#include "cli/task_lines.hpp"
#include "core/wrapping.hpp"
#include "sheets/report.hpp"
#include "sheets/tasks.hpp"

namespace maru::cli {

namespace {

constexpr int default_days_ahead = 30;
constexpr std::size_t items_shown = 4;

Result<Day> until_day(const TasksCommand& command, Day today) {
    if (command.until.empty()) return today.plus_days(default_days_ahead);
    auto day = parse_written_day(command.until);
    if (!day) return std::unexpected(prefixed("--until", day.error()));
    if (*day < today)
        return fail(ErrorKind::invalid,
                    {"--until: 判定日（" + today.iso() + "）より前です。その日以降を指定してください。",
                     "--until: lies before the day of the verdict (" + today.iso() + "); give a later day."});
    return *day;
}

std::string items_text(const std::vector<int>& items) {
    std::string text;
    for (std::size_t i = 0; i < std::min(items.size(), items_shown); ++i)
        text += (i ? "," : "") + std::to_string(items[i]);
    return items.size() > items_shown ? text + "…(" + std::to_string(items.size()) + ")" : text;
}

std::vector<std::string> headings(const Session& session) {
    return {session.say("期限", "Due"), session.say("担当", "Owner"),  session.say("項目", "Items"),
            session.say("分", "Min"),   session.say("対象", "Record"), session.say("対応", "What to do")};
}

// On a terminal: the rows lined up without their last cell, that cell below each.
std::string with_last_cell_below(Rows rows, std::size_t width) {
    std::vector<std::string> below;
    for (auto& row : rows) {
        below.push_back(std::move(row.back()));
        row.pop_back();
    }
    std::string out;
    const std::vector<std::string> lines = aligned_rows(rows, width);
    for (std::size_t i = 0; i < lines.size(); ++i)
        out += lines[i] + (i == 0 ? "" : sentence_lines(below[i], width, 4));
    return out;
}

std::vector<std::string> cells(const TaskLine& task) {
    return {task.due,   task.owner, items_text(task.items), std::to_string(task.minutes),
            task.label, task.what};
}

TaskLine line_of(const sheets::Task& task, store::Database& reader, Language language) {
    return {task.due_on.iso(), sheets::person_name(reader, task.owner),
            task.items,        task.minutes,
            task.label,        task.reason.in(language) + " → " + task.todo.in(language)};
}

}  // namespace

void print_tasks(const Session& session, const std::vector<TaskLine>& tasks, const std::string& until) {
    if (tasks.empty()) {
        session.out << until
                    << session.say(" までの対応事項はありません。\n", ": nothing to do until then.\n");
        return;
    }
    Rows rows{headings(session)};
    int minutes = 0;
    for (const TaskLine& task : tasks) {
        rows.push_back(cells(task));
        minutes += task.minutes;
    }
    session.out << (session.width == any_width ? aligned(rows, session.width)
                                               : with_last_cell_below(std::move(rows), session.width));
    session.out << fmt::format(fmt::runtime(session.say("{} 件、見込み {} 時間 {} 分（{} まで）\n",
                                                        "{} tasks, about {} h {} min (until {})\n")),
                               tasks.size(), minutes / 60, minutes % 60, until);
}

Result<int> run(const Session& session, const TasksCommand& command) {
    Reading reading = TRY(read_state(session, command.when));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, *reading.library));
    const Day until = TRY(until_day(command, reading.evaluation->today()));
    std::vector<sheets::Task> tasks = TRY(sheets::tasks(*reading.evaluation, sheet, until));
    if (!command.person.empty()) {
        const std::int64_t person =
            TRY(find_record(*reading.reader, *reading.schema, "person", command.person));
        std::erase_if(tasks, [&](const sheets::Task& task) { return task.owner != person; });
    }
    std::vector<TaskLine> lines;
    for (const sheets::Task& task : tasks)
        lines.push_back(line_of(task, *reading.reader, session.common.language));
    print_tasks(session, lines, until.iso());
    if (command.person.empty())
        session.out << TRY(guide(session, reading, TRY(report_of(reading, sheet, {}))));
    return 0;
}

}  // namespace maru::cli
