#include <fmt/core.h>

#include <ostream>

#include "cli/files.hpp"
#include "cli/session.hpp"
#include "registers/exchange.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;
using registers::FileFormat;
using registers::Table;

constexpr std::size_t rows_worth_a_bar = 2000;
constexpr std::size_t bar_width = 30;  // columns

// "████████░░░░  62 %  62000/100000": drawn only on a terminal.
std::function<void(std::size_t, std::size_t)> progress_bar(const Session& session) {
    return [&session](std::size_t done, std::size_t total) {
        if (total < rows_worth_a_bar) return;
        const std::size_t filled = bar_width * done / total;
        std::string bar;
        for (std::size_t i = 0; i < bar_width; ++i) bar += i < filled ? "█" : "░";
        session.progress << fmt::format("\r{} {:3} %  {}/{}", bar, 100 * done / total, done, total)
                         << (done == total ? "\n" : "") << std::flush;
    };
}

int print_report(const Session& session, const registers::ImportReport& report,
                 const ImportCommand& command) {
    const Language language = session.common.language;
    for (const auto& problem : report.problems)
        session.out << fmt::format("{} {} {}: {} 「{}」 — {}\n", command.file.string(),
                                   session.say("行", "row"), problem.row, problem.column, problem.value,
                                   problem.reason.in(language));
    if (report.problem_count > report.problems.size())
        session.out << fmt::format(fmt::runtime(session.say("ほか {} 件の誤り\n", "{} more problems\n")),
                                   report.problem_count - report.problems.size());
    if (report.problem_count > 0) {
        session.out << fmt::format(
            fmt::runtime(session.say("{} 件の誤りがあるため、何も取り込んでいません。\n",
                                     "{} problems: nothing was imported.\n")),
            report.problem_count);
        return 2;
    }
    session.out << fmt::format(
        fmt::runtime(session.say("{} 行: 新規 {}、変更 {}、変更なし {}{}\n",
                                 "{} rows: {} created, {} changed, {} unchanged{}\n")),
        report.rows, report.created, report.changed, report.unchanged,
        command.dry_run ? session.say("（確認のみ。取り込んでいません）", " (dry run: nothing was imported)")
                        : "");
    return 0;
}

registers::Headings headings_of(const std::string& word) {
    if (word == "names") return registers::Headings::names;
    return word == "en" ? registers::Headings::en : registers::Headings::ja;
}

Result<void> write_table(const fs::path& file, const std::string& name, const Table& table,
                         FileFormat format) {
    if (format == FileFormat::xlsx) return registers::write_xlsx(file, {{name, table}});
    if (format == FileFormat::tsv) return write_file(file, registers::to_delimited(table, '\t'));
    // Excel takes a CSV for UTF-8 only with a byte order mark.
    return write_file(file, "\xEF\xBB\xBF" + registers::to_delimited(table, ','));
}

Result<FileFormat> export_format(const ExportCommand& command) {
    if (command.format == "csv") return FileFormat::csv;
    if (command.format == "tsv") return FileFormat::tsv;
    if (command.format == "xlsx") return FileFormat::xlsx;
    if (command.register_name.empty() && !command.output.has_extension()) return FileFormat::csv;
    return registers::format_of(command.output);
}

using NamedTables = std::vector<std::pair<std::string, Table>>;

Result<NamedTables> filled_registers(const Plain& plain, registers::Headings headings) {
    NamedTables tables;
    for (const auto& of : plain.schema.all()) {
        Table table = TRY(registers::export_table(*plain.reader, plain.schema, of, headings));
        if (!table.rows.empty()) tables.emplace_back(of.name, std::move(table));
    }
    return tables;
}

Result<void> write_folder(const fs::path& folder, const NamedTables& tables, FileFormat format) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return cannot_write(folder);
    const std::string extension = format == FileFormat::csv ? ".csv" : ".tsv";
    for (const auto& [name, table] : tables)
        TRY(write_table(folder / (name + extension), name, table, format));
    return {};
}

Result<int> export_all(const Session& session, const ExportCommand& command, FileFormat format) {
    const Plain plain = TRY(open_plain(session, command.when));
    const NamedTables tables = TRY(filled_registers(plain, headings_of(command.headings)));
    if (format == FileFormat::xlsx)
        TRY(registers::write_xlsx(command.output, tables));
    else
        TRY(write_folder(command.output, tables, format));
    session.out << fmt::format(
        fmt::runtime(session.say("{} の台帳を {} に書き出しました。\n", "{} registers written to {}\n")),
        tables.size(), command.output.string());
    return 0;
}

}  // namespace

Result<int> run(const Session& session, const ImportCommand& command) {
    const auto schema = TRY(session.schema());
    const registers::Register& into = *TRY(schema.get(command.register_name));
    const Table table = TRY(registers::read_table(command.file, TRY(registers::format_of(command.file))));
    auto organisation = TRY(session.open(schema));
    auto report = registers::import_table(*organisation, schema, into, table,
                                          {command.dry_run, "", progress_bar(session)});
    if (!report) return std::unexpected(prefixed(command.file.string(), report.error()));
    return print_report(session, *report, command);
}

Result<int> run(const Session& session, const ExportCommand& command) {
    const FileFormat format = TRY(export_format(command));
    if (command.register_name.empty()) return export_all(session, command, format);
    const Plain plain = TRY(open_plain(session, command.when));
    const registers::Register& of = *TRY(plain.schema.get(command.register_name));
    const Table table =
        TRY(registers::export_table(*plain.reader, plain.schema, of, headings_of(command.headings)));
    TRY(write_table(command.output, of.name, table, format));
    session.out << fmt::format(
        fmt::runtime(session.say("{} 件を {} に書き出しました。\n", "{} records written to {}\n")),
        table.rows.size(), command.output.string());
    return 0;
}

}  // namespace maru::cli
