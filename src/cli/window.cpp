#include "sheets/window.hpp"

#include <ostream>

#include "cli/files.hpp"
#include "cli/moments.hpp"
#include "cli/session.hpp"

namespace maru::cli {

namespace {

struct Period {
    Day from, to;
};

// By default the year that ends today.
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
    return sheets::render_table(window, language, {session.width, session.colour});
}

Result<void> expect_begun(const sheets::Timeline& timeline, Day to) {
    const auto first = timeline.first_day();
    if (first && *first <= to) return {};
    if (first)
        return fail(ErrorKind::invalid,
                    {"変更記録は " + first->iso() + " に始まります。--to にその日以降を指定してください。",
                     "the ledger begins on " + first->iso() + "; give that day or a later one with --to."});
    return fail(ErrorKind::invalid,
                {"変更記録がこの期間にはまだありません。", "the ledger has no entry in this period yet."});
}

}  // namespace

Result<std::vector<const sheets::Item*>> items_named(const sheets::Sheet& sheet,
                                                     const std::vector<std::string>& names,
                                                     sheets::Sheet::Rows otherwise) {
    if (names.empty()) return sheet.rows(otherwise);
    std::vector<const sheets::Item*> out;
    for (const std::string& name : names) {
        const sheets::Item* item = sheet.item(name);
        if (!item)
            return fail(
                ErrorKind::not_found,
                {"設問「" + name + "」はありません。maru catalog sheets " + sheet.name + " で一覧できます。",
                 "there is no item \"" + name + "\"; see maru catalog sheets " + sheet.name + "."});
        out.push_back(item);
    }
    return out;
}

Result<sheets::Timeline> timeline_until(const Session& session, const sheets::Timeline::Source& source,
                                        Day to) {
    auto timeline = TRY(sheets::Timeline::open(source));
    bool drawn = false;
    TRY(timeline.extend(to, [&](Day judged, Day until) {
        drawn = true;
        session.progress << "\r"
                         << session.say("過去の日を判定しています（初回だけ）: ",
                                        "Judging past days (only once): ")
                         << judged.iso() << " → " << until.iso() << std::flush;
    }));
    if (drawn) session.progress << "\r\x1b[K" << std::flush;
    return timeline;
}

Result<int> run(const Session& session, const WindowCommand& command) {
    const auto schema = TRY(session.schema());
    const auto library = TRY(session.library(schema));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, library));
    const auto rows = command.all_rows ? sheets::Sheet::Rows::all : sheets::Sheet::Rows::published;
    const auto items = TRY(items_named(sheet, command.items, rows));
    const Period period = TRY(period_of(session, command));
    const auto folder = TRY(session.organisation_folder());
    auto reader = TRY(registers::Organisation::open_reader(folder, schema));
    const auto timeline =
        TRY(timeline_until(session, {folder, library, schema, sheet, japan_offset}, period.to));
    TRY(expect_begun(timeline, period.to));
    sheets::Window window = sheets::window(timeline, sheet, items, period.from, period.to);
    window.today = session.today();
    window.organisation = TRY(sheets::organisation_name(reader));
    window.definitions = library.version;
    const std::string text = rendered(session, command, window);
    if (!command.output.empty()) {
        TRY(write_file(command.output, text));
        return 0;
    }
    session.out << text;
    return 0;
}

}  // namespace maru::cli
