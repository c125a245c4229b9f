#include <fmt/core.h>

#include <ostream>

#include "cli/session.hpp"
#include "cli/tables.hpp"
#include "sheets/report.hpp"
#include "sheets/tasks.hpp"

namespace maru::cli {

namespace {

constexpr int default_days_ahead = 30;

Result<Day> until_day(const Session& session, const TasksCommand& command, Day today) {
    if (command.until.empty()) return today.plus_days(default_days_ahead);
    auto day = parse_written_day(command.until);
    if (!day) return std::unexpected(prefixed("--until", day.error()));
    if (*day < today)
        return fail(ErrorKind::invalid,
                    {"--until: 判定日より前です。", "--until: lies before the day of the verdict."});
    static_cast<void>(session);
    return *day;
}

std::string items_text(const std::vector<int>& items) {
    std::string text;
    for (std::size_t i = 0; i < items.size() && i < 4; ++i) text += (i ? "," : "") + std::to_string(items[i]);
    return items.size() > 4 ? text + "…(" + std::to_string(items.size()) + ")" : text;
}

}  // namespace

Result<int> run(const Session& session, const TasksCommand& command) {
    Reading reading = TRY(read_state(session, command.when));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, *reading.library));
    const Day until = TRY(until_day(session, command, reading.evaluation->today()));
    std::optional<std::int64_t> person;
    if (!command.person.empty())
        person = TRY(find_record(*reading.reader, reading.schema, "person", command.person));
    const Language language = session.common.language;
    std::vector<std::vector<std::string>> rows{
        {session.say("期限", "Due"), session.say("担当", "Owner"), session.say("項目", "Items"),
         session.say("分", "Min"), session.say("対象", "Record"), session.say("対応", "What to do")}};
    int minutes = 0;
    for (const sheets::Task& task : TRY(sheets::tasks(*reading.evaluation, sheet, until))) {
        if (person && task.owner != person) continue;
        minutes += task.minutes;
        rows.push_back({task.due_on.iso(), sheets::person_name(*reading.reader, task.owner),
                        items_text(task.items), std::to_string(task.minutes), task.label,
                        task.check->todo.in(language) + " — " + task.reason.in(language)});
    }
    if (rows.size() == 1) {
        session.out << until.iso()
                    << session.say(" までの対応事項はありません。\n", ": nothing to do until then.\n");
        return 0;
    }
    session.out << aligned(rows, session.width);
    session.out << fmt::format(fmt::runtime(session.say("{} 件、見込み {} 時間 {} 分（{} まで）\n",
                                                        "{} tasks, about {} h {} min (until {})\n")),
                               rows.size() - 1, minutes / 60, minutes % 60, until.iso());
    return 0;
}

}  // namespace maru::cli
