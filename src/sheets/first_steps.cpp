#include "sheets/first_steps.hpp"

#include <map>

#include "files/toml.hpp"

namespace maru::sheets {

namespace {

constexpr std::size_t most_commands = 5;  // of one step

using Values = std::map<std::string, std::string, std::less<>>;

struct StepFile {
    Text say;
    std::string missing, command;
};

std::string text_in(const toml::table& step, std::string_view key) {
    return step[key].value_or(std::string());
}

Result<StepFile> read_step(const toml::table& table, const std::string& where) {
    StepFile step{{table["say"]["ja"].value_or(std::string()), table["say"]["en"].value_or(std::string())},
                  text_in(table, "missing"),
                  text_in(table, "command")};
    if (!step.say.ja.empty() && !step.say.en.empty() && !step.missing.empty() && !step.command.empty())
        return step;
    return wrong(where + " line " + std::to_string(table.source().begin.line),
                 "say（ja と en）、missing、command を書いてください。",
                 "write say (ja and en), missing and command.");
}

Result<Values> values_of(const store::Statement& statement, const store::Row& row, Day today) {
    Values values{{"today", today.iso()}};
    for (int i = 0; i < statement.columns(); ++i) values.emplace(statement.column_name(i), row.text(i));
    return values;
}

std::vector<std::string> filled(const std::string& command, const Values& values) {
    std::vector<std::string> words;
    for (const std::string& word : split(command, ' '))
        words.push_back(fill(word, [&](std::string_view name, std::string_view as_written) {
            const auto found = values.find(name);
            return found == values.end() ? std::string(as_written) : found->second;
        }));
    return words;
}

Result<FirstStep> work_out(store::Database& reader, const StepFile& file, Day today) {
    FirstStep step{file.say, {}, 0};
    store::Statement statement = TRY(reader.prepare(file.missing));
    while (const auto row = TRY(statement.step())) {
        if (step.commands.size() == most_commands)
            ++step.more;
        else
            step.commands.push_back(filled(file.command, TRY(values_of(statement, *row, today))));
    }
    return step;
}

}  // namespace

Result<std::vector<FirstStep>> first_steps(store::Database& reader, const std::filesystem::path& catalog,
                                           const SheetReport& report, std::size_t most) {
    const std::filesystem::path file = catalog / "first_steps" / (report.sheet->name + ".toml");
    std::vector<FirstStep> out;
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return out;
    const toml::table table = TRY(parse_file(file));
    for (const toml::table* step : TRY(tables_of(table, "step", file.string()))) {
        auto found = work_out(reader, TRY(read_step(*step, file.string())), report.day);
        if (!found) return std::unexpected(prefixed(file.string(), found.error()));
        if (!found->commands.empty()) out.push_back(*std::move(found));
        if (out.size() == most) break;
    }
    return out;
}

bool has_earned_little(const SheetReport& report) {
    const auto good = report.count(Mark::full) + report.count(Mark::not_applicable);
    return 2 * good < static_cast<std::int64_t>(report.items.size());
}

}  // namespace maru::sheets
