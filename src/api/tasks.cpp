// GET /tasks: what has to be done, and by when, so that every check stays satisfied.
#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <map>

#include "api/endpoints.hpp"
#include "api/sheet_call.hpp"
#include "api/sheet_json.hpp"
#include "sheets/codes.hpp"
#include "sheets/tasks.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;

constexpr int days_ahead = 30;

std::unexpected<Error> only_own() {
    return fail(ErrorKind::forbidden,
                {"ほかの人の対応事項を見る権限がありません。person=me で自分の分を見られます。",
                 "you may not see other people's tasks; person=me shows your own"});
}

// Whose tasks: a person's, or everybody's (nullopt).
Result<std::optional<std::int64_t>> whose(const Call& call) {
    const std::string written = call.parameter("person");
    const bool sees_rows = call.may().may(identity::Action::see_rows);
    if (written == "me" || (written.empty() && !sees_rows)) return call.who().person;
    if (written.empty()) return std::nullopt;
    const auto reader = TRY(call.site.readers().now());
    const registers::Schema& schema = call.site.catalog().schema;
    const bool is_number = std::ranges::all_of(written, [](char c) { return c >= '0' && c <= '9'; });
    // Whether such a person exists is not for everybody to learn.
    const auto person =
        registers::resolve(*reader, schema, *TRY(schema.get("person")), is_number ? "#" + written : written);
    if (person && (*person == call.who().person || call.who().reports.contains(*person))) return *person;
    if (!sees_rows) return only_own();
    return TRY(Result<std::int64_t>(person));
}

bool is_visible(const Call& call, const sheets::Sheet& sheet, const sheets::Task& task) {
    return std::ranges::any_of(task.items, [&](int number) {
        const sheets::Item* const item = sheet.item(std::to_string(number));
        return item && call.may().sees_item(item->code);
    });
}

json::object task_json(const sheets::Task& task, Names& names, Language language, Day today) {
    return {{"dueOn", task.due_on.iso()},
            {"overdue", task.due_on <= today},
            {"owner", person_json(names, task.owner, language)},
            {"check", task.check->name},
            {"title", task.check->title.in(language)},
            {"subjectRegister", task.check->subject},
            {"subject", task.subject},
            {"label", task.label},
            {"state", sheets::code_of(task.state)},
            {"sentence", task.reason.in(language)},
            {"todo", task.todo.in(language)},
            {"items", json::value_from(task.items)},
            {"minutes", task.minutes}};
}

Result<const sheets::Sheet*> asked_sheet(const Call& call) {
    const std::string name = call.parameter("sheet");
    if (!name.empty()) return call.site.catalog().sheet(name);
    if (!call.site.catalog().sheets.empty()) return &call.site.catalog().sheets.front();
    return fail(ErrorKind::not_found, {"シートがありません。", "there is no sheet"});
}

Result<http::Response> list_tasks(Call& call) {
    TRY(call.expect(identity::Action::see_sheets));
    const auto person = TRY(whose(call));
    const sheets::Sheet& sheet = *TRY(asked_sheet(call));
    const Day until = TRY(day_ahead(call, "until", call.site.today().plus_days(days_ahead)));
    const std::int64_t limit = TRY(call.number("limit", 1000, 1, 100'000));
    const SharedJudged judged = TRY(call.site.judge().now(sheet));
    const Day today = (*judged)->day();
    const auto reader = TRY(call.site.readers().now());
    json::array tasks;
    std::map<std::string, std::vector<std::int64_t>> shown;
    int minutes = 0;
    std::int64_t overdue = 0;
    std::int64_t total = 0;
    const FoundTasks all = TRY(call.site.judge().tasks(judged, until));
    for (const sheets::Task& task : *all.tasks) {
        if ((person && task.owner != person) || !is_visible(call, sheet, task)) continue;
        minutes += task.minutes;
        overdue += task.due_on <= today ? 1 : 0;
        if (++total > limit) continue;
        tasks.push_back(task_json(task, reader.names(), call.language, today));
        shown[task.check->subject].push_back(std::atoll(task.subject.c_str()));
    }
    for (auto& [name, records] : shown)
        if (const registers::Register* of = call.site.catalog().schema.find(name))
            call.note_read(*of, std::move(records));
    return json_response(json::object{{"sheet", sheet.name},
                                      {"at", all.entries},
                                      {"today", today.iso()},
                                      {"until", until.iso()},
                                      {"total", total},
                                      {"open", overdue},
                                      {"minutes", minutes},
                                      {"tasks", std::move(tasks)}});
}

}  // namespace

std::vector<Endpoint> task_endpoints() {
    return {
        {.pattern = "/tasks",
         .id = "listTasks",
         .tag = "tasks",
         .summary = "What has to be done and by when; one's own, and with the right to see names everybody's",
         .query = {{"person", "\"me\", a person's number or employee code; everybody's, when it is left out"},
                   {"until", "Last day; 30 days ahead, when it is left out", "day"},
                   {"limit", "Tasks listed, the most urgent first; 1000, when it is left out", "integer"},
                   {"sheet", "The sheet that the work is for; the first one, when it is left out"}},
         .gives = "TaskList",
         .run = list_tasks}};
}

}  // namespace maru::api
