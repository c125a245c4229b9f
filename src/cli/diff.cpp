#include "sheets/diff.hpp"

#include "cli/diff_table.hpp"
#include "cli/moments.hpp"
#include "cli/output.hpp"

namespace maru::cli {

namespace {

// Compared in about a second.
constexpr std::int64_t records_at_once = 50'000;

struct Ends {
    sheets::Place from, to;
};

std::unexpected<Error> swapped() {
    return fail(ErrorKind::invalid,
                {"--from が --to より後です。入れ替えてください。", "--from lies after --to; swap them."});
}

Result<Ends> ends_of(const Session& session, const DiffCommand& command, store::Database& reader) {
    const Moment from = TRY(written_moment(session, reader, "--from", command.from));
    const Moment to =
        TRY(written_moment(session, reader, "--to", command.to.empty() ? session.today().iso() : command.to));
    if (from.entries > to.entries || from.day > to.day) return swapped();
    if (command.known_at.empty()) return Ends{{from.entries, from.day}, {to.entries, to.day}};
    if (!from.is_end_of_day || !to.is_end_of_day)
        return fail(ErrorKind::invalid,
                    {"--known-at は日と日を比べるときに使えます。--from と --to に日付を指定してください。",
                     "--known-at goes with days; give days with --from and --to."});
    const std::int64_t known = TRY(entries_known(session, reader, "--known-at", command.known_at));
    return Ends{{known, from.day}, {known, to.day}};
}

std::string rendered(const Session& session, const DiffCommand& command, const sheets::Diff& diff) {
    if (command.format == "json") return sheets::render_json(diff);
    const Language language = session.common.language;
    if (command.format == "tsv") return sheets::render_delimited(diff, language, '\t');
    if (command.format == "csv") return sheets::render_delimited(diff, language, ',');
    return diff_table(session, diff);
}

}  // namespace

Result<int> run(const Session& session, const DiffCommand& given) {
    DiffCommand command = given;
    command.format = format_of_output(given.format, given.output, {"csv", "tsv", "json"});
    TRY(expect_free(command.output));
    const auto schema = TRY(session.schema());
    const auto library = TRY(session.library(schema));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, library));
    const auto folder = TRY(session.organisation_folder());
    auto reader = TRY(registers::Organisation::open_reader(folder, schema));
    const Ends ends = TRY(ends_of(session, command, reader));
    const sheets::Timeline::Source source{folder, library, schema, sheet, japan_offset};
    const auto remembered = TRY(sheets::Timeline::open(source));
    sheets::DiffOptions options;
    options.items = TRY(items_named(sheet, command.items, sheets::Sheet::Rows::published));
    const bool all = command.all || !command.items.empty();
    options.detail = all ? sheets::DiffOptions::Detail::changed : sheets::DiffOptions::Detail::flipped;
    if (!all) options.most_records = records_at_once;
    options.rows_per_check = command.rows;
    auto diff = TRY(sheets::diff(source, &remembered, ends.from, ends.to, options));
    diff.organisation = TRY(sheets::organisation_name(reader));
    TRY(put_out(session, command.output, rendered(session, command, diff)));
    if (is_file(command.output)) note_written(session, "diff", command.output.file);
    return 0;
}

}  // namespace maru::cli
