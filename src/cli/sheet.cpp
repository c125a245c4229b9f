#include <fmt/core.h>

#include <ostream>

#include "cli/files.hpp"
#include "cli/guide.hpp"
#include "cli/output.hpp"

namespace maru::cli {

namespace {

std::string rendered(const Session& session, const SheetCommand& command, const sheets::SheetReport& report) {
    const auto layout = command.layout == "published" ? sheets::Layout::published : sheets::Layout::verdicts;
    const Language language = session.common.language;
    if (command.format == "json") return sheets::render_json(report);
    if (command.format == "tsv") return sheets::render_delimited(report, layout, language, '\t');
    if (command.format == "csv") return sheets::render_delimited(report, layout, language, ',');
    return sheets::render_table(report, layout, language,
                                {session.width, for_output(session, command.output).colour});
}

// The sample lives on the day of its loading: from the second day on its daily records are too old.
constexpr int sample_days = 2;

// A hint for people who look at a sample that has aged; "" otherwise.
Result<std::string> sample_hint(const Session& session, Reading& reading, Day on) {
    const auto* of = reading.schema->find("organisation");
    if (!of || !of->field("sample_loaded_on")) return "";
    auto statement = TRY(reading.reader->prepare(
        "select max(o.sample_loaded_on) from organisation o where o.sample_loaded_on is not null"));
    const auto row = TRY(statement.step());
    if (!row || row->is_null(0)) return "";
    const Day loaded = TRY(parse_iso_day(row->text(0)));
    if (on < loaded.plus_days(sample_days)) return "";
    const std::string folder = TRY(session.organisation_folder()).string();
    const std::string day = loaded.iso();
    return fmt::format(
        fmt::runtime(session.say("見本の日々の記録は {} で止まっているため、日ごとに △ が増えます。"
                                 "今日の見本にする:\n  mv {} {}-{} && maru init {} --sample\n",
                                 "the sample's daily records stop on {}, so more marks fall every day. "
                                 "A sample of today:\n  mv {} {}-{} && maru init {} --sample\n")),
        day, folder, folder, day, folder);
}

Result<void> write_out(const Session& session, const SheetCommand& command, Reading& reading,
                       const sheets::SheetReport& report) {
    if (command.format == "xlsx")
        return sheets::write_xlsx(report, session.common.language, command.output.file);
    std::string text = rendered(session, command, report);
    if (command.format == "table" && command.layout != "published")
        text += TRY(sample_hint(session, reading, report.day));
    return put_out(session, command.output, text);
}

// What somebody reads who wants to go on from here.
bool is_overview(const SheetCommand& command) {
    return command.format == "table" && command.layout == "verdicts" && !is_file(command.output) &&
           command.when.on.empty() && command.when.known_at.empty();
}

}  // namespace

Result<int> run(const Session& session, const SheetCommand& given) {
    SheetCommand command = given;
    command.format = format_of_output(given.format, given.output, {"xlsx", "csv", "tsv", "json"});
    if (command.format == "xlsx" && command.output.file.empty())
        return fail(ErrorKind::invalid, {"xlsx は画面に出せません。-o ファイル名 を付けてください。",
                                         "xlsx cannot be printed; name a file: -o FILE"});
    if (command.format == "xlsx") TRY(expect_regular(command.output.file));
    TRY(expect_free(command.output));
    Reading reading = TRY(read_state(session, command.when));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, *reading.library));
    sheets::ReportOptions options;
    options.rows = command.all_rows ? sheets::Sheet::Rows::all : sheets::Sheet::Rows::published;
    options.offenders = command.offenders;
    const auto report = TRY(report_of(reading, sheet, options));
    TRY(write_out(session, command, reading, report));
    if (is_overview(command)) session.out << TRY(guide(session, reading, report));
    const bool names_people = command.layout != "published" && command.offenders > 0;
    if (names_people && is_file(command.output))
        note_written(session, "sheet " + command.sheet, command.output.file);
    return 0;
}

}  // namespace maru::cli
