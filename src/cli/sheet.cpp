#include <fstream>
#include <ostream>

#include "cli/session.hpp"
#include "sheets/render.hpp"

namespace maru::cli {

namespace {

std::unexpected<Error> cannot_write(const std::filesystem::path& file) {
    return fail(ErrorKind::unavailable,
                {file.string() + " に書けません。フォルダと空き容量を確かめてください。",
                 "cannot write " + file.string() + "; look at the folder and the free space."});
}

Result<void> write_out(const Session& session, const std::filesystem::path& file, const std::string& text) {
    if (file.empty()) {
        session.out << text;
        return {};
    }
    std::ofstream stream(file, std::ios::binary);
    stream << text;
    stream.close();
    if (!stream) return cannot_write(file);
    return {};
}

std::string rendered(const Session& session, const SheetCommand& command, const sheets::SheetReport& report) {
    const auto layout = command.layout == "published" ? sheets::Layout::published : sheets::Layout::verdicts;
    const Language language = session.common.language;
    if (command.format == "json") return sheets::render_json(report);
    if (command.format == "tsv") return sheets::render_delimited(report, layout, language, '\t');
    if (command.format == "csv") return sheets::render_delimited(report, layout, language, ',');
    const bool plain = !session.colour || !command.output.empty();
    return sheets::render_table(report, layout, language,
                                {session.width, plain ? sheets::Colour::plain : sheets::Colour::ansi});
}

}  // namespace

Result<int> run(const Session& session, const SheetCommand& command) {
    if (command.format == "xlsx" && command.output.empty())
        return fail(ErrorKind::invalid, {"xlsx には -o FILE が必要です。", "xlsx needs a file: -o FILE"});
    Reading reading = TRY(read_state(session, command.when));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, *reading.library));
    sheets::ReportOptions options;
    options.rows = command.all_rows ? sheets::Sheet::Rows::all : sheets::Sheet::Rows::published;
    options.offenders = command.offenders;
    auto report = TRY(sheets::report(*reading.reader, *reading.evaluation, sheet, options));
    report.entries = reading.entries;
    report.root = reading.root;
    if (command.format == "xlsx")
        TRY(sheets::write_xlsx(report, session.common.language, command.output));
    else
        TRY(write_out(session, command.output, rendered(session, command, report)));
    return 0;
}

}  // namespace maru::cli
