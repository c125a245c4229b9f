#include "sheets/forecast.hpp"

#include <ostream>

#include "cli/forecast_table.hpp"
#include "cli/moments.hpp"
#include "cli/output.hpp"

namespace maru::cli {

namespace {

constexpr int default_months_ahead = 3;
constexpr int most_days_ahead = 800;

Result<Day> until_day(const ForecastCommand& command, Day today) {
    if (command.until.empty()) return today.plus_months(default_months_ahead);
    const Day day = TRY(written_day("--until", command.until));
    if (day > today && day <= today.plus_days(most_days_ahead)) return day;
    return fail(ErrorKind::invalid,
                {"--until: " + today.plus_days(1).iso() + " から " + today.plus_days(most_days_ahead).iso() +
                     " までの日を指定してください。",
                 "--until: give a day from " + today.plus_days(1).iso() + " to " +
                     today.plus_days(most_days_ahead).iso() + "."});
}

void warn_of(const Session& session, const std::vector<sheets::FailedCheck>& failed) {
    for (const auto& [check, error] : failed)
        session.warnings << session.say("maru: 注意: 見通しに入っていない点検があります — ",
                                        "maru: warning: a check is left out of the forecast — ")
                         << error.message.in(session.common.language) << "\n";
}

By by_of(const ForecastCommand& command) {
    return command.by == "owner" ? By::owner : command.by == "item" ? By::item : By::day;
}

std::string rendered(const Session& session, const ForecastCommand& command,
                     const sheets::Forecast& forecast) {
    const Language language = session.common.language;
    if (command.format == "json") return sheets::render_json(forecast);
    if (command.format == "csv") return sheets::render_delimited(forecast, language, ',');
    if (command.format == "tsv") return sheets::render_delimited(forecast, language, '\t');
    if (command.format == "ics") return sheets::render_ics(forecast, language, session.environment.clock());
    return forecast_table(for_output(session, command.output), forecast, by_of(command));
}

}  // namespace

Result<int> run(const Session& session, const ForecastCommand& given) {
    ForecastCommand command = given;
    command.format = format_of_output(given.format, given.output, {"csv", "tsv", "json", "ics"});
    TRY(expect_free(command.output));
    Reading reading = TRY(read_state(session, command.when));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, *reading.library));
    const Day until = TRY(until_day(command, reading.evaluation->today()));
    sheets::ForecastOptions options;
    if (command.all_rows) options.rows = sheets::Sheet::Rows::all;
    if (command.format == "table") options.rows_per_fall = 10;
    if (!command.person.empty())
        options.owner = TRY(find_record(*reading.reader, *reading.schema, "person", command.person));
    auto forecast = TRY(sheets::forecast(*reading.reader, *reading.evaluation, sheet, until, options));
    forecast.entries = reading.entries;
    warn_of(session, forecast.failed);
    TRY(put_out(session, command.output, rendered(session, command, forecast)));
    if (is_file(command.output)) note_written(session, "forecast", command.output.file);
    return 0;
}

}  // namespace maru::cli
