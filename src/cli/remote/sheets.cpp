// Sheets of a server: what it renders is what the command line would.
#include <fmt/core.h>

#include <ostream>

#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/task_lines.hpp"
#include "core/wrapping.hpp"
#include "remote/client.hpp"
#include "remote/run.hpp"

namespace maru::cli::remote {

namespace {

namespace json = boost::json;

constexpr std::size_t default_offenders = 3;

// 0: lines as long as they come.
std::string width_of(const Session& session, const Output& output) {
    const std::size_t width = for_output(session, output).width;
    return std::to_string(width == any_width ? 0 : std::min<std::size_t>(width, 10'000));
}

// A day is judged from all that is known now, as beside the folder
// (docs/decisions/0012-past-days-of-the-api.md).
std::string known_at_of(const When& when) {
    return when.known_at.empty() && !when.on.empty() ? "now" : when.known_at;
}

std::string address_of(const std::string& sheet) { return "/sheets/" + path_part(sheet); }

std::unexpected<Error> no_table(const std::string& others) {
    return fail(ErrorKind::invalid,
                {"--server では表の形を作れません。--format " + others + " を指定してください。",
                 "a server makes no table of this; say --format " + others + "."});
}

std::string text_in(const json::value& of, const char* name) { return std::string(of.at(name).as_string()); }

TaskLine line_of(const json::value& task) {
    TaskLine line{text_in(task, "dueOn"),
                  "",
                  {},
                  task.at("minutes").to_number<int>(),
                  text_in(task, "label"),
                  text_in(task, "sentence") + " → " + text_in(task, "todo")};
    if (const auto* const owner = task.at("owner").if_object())
        line.owner = std::string(owner->at("title").as_string());
    for (const json::value& item : task.at("items").as_array()) line.items.push_back(item.to_number<int>());
    return line;
}

}  // namespace

Result<int> run(const Session& session, const SheetCommand& given) {
    SheetCommand command = given;
    command.format = format_of_output(given.format, given.output, {"xlsx", "csv", "tsv", "json"});
    if (command.offenders != default_offenders) return not_remote("--offenders");
    if (command.format == "xlsx") TRY(expect_regular(command.output.file));
    TRY(expect_free(command.output));
    const Client client = TRY(Client::open(session));
    const std::string file = TRY(
        client.get(address_of(command.sheet) + "/export", {{"format", command.format},
                                                           {"layout", command.layout},
                                                           {"on", command.when.on},
                                                           {"known_at", known_at_of(command.when)},
                                                           {"rows", command.all_rows ? "all" : ""},
                                                           {"width", width_of(session, command.output)}}));
    TRY(put_out(session, command.output, file));
    return 0;
}

Result<int> run(const Session& session, const TasksCommand& command) {
    if (!command.when.on.empty() || !command.when.known_at.empty()) return not_remote("--on, --known-at");
    const Client client = TRY(Client::open(session));
    const json::object body = TRY(client.get_json(
        "/tasks", {{"sheet", command.sheet}, {"person", command.person}, {"until", command.until}}));
    std::vector<TaskLine> lines;
    for (const json::value& task : body.at("tasks").as_array()) lines.push_back(line_of(task));
    print_tasks(session, lines, std::string(body.at("until").as_string()));
    return 0;
}

Result<int> run(const Session& session, const DiffCommand& given) {
    DiffCommand command = given;
    command.format = format_of_output(given.format, given.output, {"csv", "tsv", "json"});
    if (command.format == "table") return no_table("csv, tsv, json");
    if (!command.known_at.empty()) return not_remote("--known-at");
    if (command.items.size() > 1) return not_remote(session.say("2つ以上の項目", "more than one item"));
    TRY(expect_free(command.output));
    const Client client = TRY(Client::open(session));
    const bool all = command.all || !command.items.empty();
    const std::string file = TRY(client.get(address_of(command.sheet) + "/diff/export",
                                            {{"from", command.from},
                                             {"to", command.to},
                                             {"item", command.items.empty() ? "" : command.items.front()},
                                             {"detail", all ? "changed" : ""},
                                             {"limit", std::to_string(command.rows)},
                                             {"format", command.format}}));
    TRY(put_out(session, command.output, file));
    return 0;
}

Result<int> run(const Session& session, const ForecastCommand& given) {
    ForecastCommand command = given;
    command.format = format_of_output(given.format, given.output, {"csv", "tsv", "json", "ics"});
    if (command.format == "table") return no_table("csv, tsv, json, ics");
    if (!command.person.empty()) return not_remote("--for");
    if (command.all_rows) return not_remote("--all");
    if (!command.when.on.empty() || !command.when.known_at.empty()) return not_remote("--on, --known-at");
    TRY(expect_free(command.output));
    const Client client = TRY(Client::open(session));
    const std::string file = TRY(client.get(address_of(command.sheet) + "/forecast/export",
                                            {{"until", command.until}, {"format", command.format}}));
    TRY(put_out(session, command.output, file));
    return 0;
}

Result<int> run(const Session& session, const WindowCommand& given) {
    WindowCommand command = given;
    command.format = format_of_output(given.format, given.output, {"csv", "tsv", "json"});
    if (!command.items.empty()) return not_remote(session.say("項目の指定", "naming items"));
    TRY(expect_free(command.output));
    const Client client = TRY(Client::open(session));
    const std::string file = TRY(client.get(address_of(command.sheet) + "/window/export",
                                            {{"from", command.from},
                                             {"to", command.to},
                                             {"rows", command.all_rows ? "all" : ""},
                                             {"format", command.format},
                                             {"width", width_of(session, command.output)}}));
    TRY(put_out(session, command.output, file));
    return 0;
}

}  // namespace maru::cli::remote
