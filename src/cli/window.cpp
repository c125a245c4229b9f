#include "sheets/window.hpp"

#include <algorithm>

#include "cli/moments.hpp"
#include "cli/output.hpp"

namespace maru::cli {

namespace {

struct Period {
    Day from, to;
};

// By default the year that ends today, without the days before the ledger (see run).
Result<Period> period_of(const Session& session, const WindowCommand& command) {
    const Day to = command.to.empty() ? session.today() : TRY(past_day(session, "--to", command.to));
    const Day from = command.from.empty() ? to.plus_months(-12).plus_days(1)
                                          : TRY(past_day(session, "--from", command.from));
    if (from <= to) return Period{from, to};
    return fail(ErrorKind::invalid,
                {"--from（" + from.iso() + "）が --to（" + to.iso() + "）より後です。入れ替えてください。",
                 "--from (" + from.iso() + ") lies after --to (" + to.iso() + "); swap them."});
}

std::string rendered(const Session& session, const WindowCommand& command, const sheets::Window& window) {
    const Language language = session.common.language;
    if (command.format == "json") return sheets::render_json(window);
    if (command.format == "tsv") return sheets::render_delimited(window, language, '\t');
    if (command.format == "csv") return sheets::render_delimited(window, language, ',');
    return sheets::render_table(window, language,
                                {session.width, for_output(session, command.output).colour});
}

Result<void> expect_begun(const sheets::Timeline& timeline, Day to) {
    const auto first = timeline.first_day();
    if (first && *first <= to) return {};
    if (first)
        return fail(ErrorKind::invalid,
                    {"変更記録は " + first->iso() + " に始まります。--to にその日以降を指定してください。",
                     "the ledger begins on " + first->iso() + "; give that day or a later one with --to."});
    return fail(ErrorKind::invalid,
                {"変更記録がまだありません。先に maru put などで登録してください。",
                 "the ledger has no entry yet; record something first, for example with maru put."});
}

}  // namespace

Result<int> run(const Session& session, const WindowCommand& given) {
    WindowCommand command = given;
    command.format = format_of_output(given.format, given.output, {"csv", "tsv", "json"});
    TRY(expect_free(command.output));
    const auto schema = TRY(session.schema());
    const auto library = TRY(session.library(schema));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, library));
    const auto rows = command.all_rows ? sheets::Sheet::Rows::all : sheets::Sheet::Rows::published;
    const auto items = TRY(items_named(sheet, command.items, rows));
    Period period = TRY(period_of(session, command));
    const auto folder = TRY(session.organisation_folder());
    auto reader = TRY(registers::Organisation::open_reader(folder, schema));
    const auto timeline =
        TRY(timeline_until(session, {folder, library, schema, sheet, japan_offset}, period.to));
    TRY(expect_begun(timeline, period.to));
    if (command.from.empty()) period.from = std::max(period.from, *timeline.first_day());
    sheets::Window window = sheets::window(timeline, sheet, items, period.from, period.to);
    window.today = session.today();
    window.organisation = TRY(sheets::organisation_name(reader));
    window.definitions = library.version;
    TRY(put_out(session, command.output, rendered(session, command, window)));
    return 0;
}

}  // namespace maru::cli
