#include <fmt/core.h>

#include <ostream>

#include "cli/exchange.hpp"
#include "cli/files.hpp"
#include "cli/progress.hpp"
#include "cli/session.hpp"
#include "registers/exchange.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;
using registers::FileFormat;
using registers::Table;

registers::Headings headings_of(const std::string& word) {
    if (word == "names") return registers::Headings::names;
    return word == "en" ? registers::Headings::en : registers::Headings::ja;
}

// All registers go to a folder of CSV files unless something else is said.
Result<FileFormat> export_format(const ExportCommand& command) {
    const bool folder = command.register_name.empty() && !command.output.has_extension();
    return command.format.empty() && folder ? FileFormat::csv : format_of(command.format, command.output);
}

Existing existing_of(const ExportCommand& command) {
    return command.force ? Existing::replaced : Existing::kept;
}

std::string file_content(const Table& table, FileFormat format) {
    if (format == FileFormat::tsv) return registers::to_delimited(table, '\t');
    // Excel takes a CSV for UTF-8 only with a byte order mark.
    return std::string(registers::utf8_bom) + registers::to_delimited(table, ',');
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

Result<void> write_folder(const ExportCommand& command, const NamedTables& tables, FileFormat format) {
    const fs::path& folder = command.output;
    const auto file_of = [&](const std::string& name) {
        return folder / (name + (format == FileFormat::csv ? ".csv" : ".tsv"));
    };
    for (const auto& [name, table] : tables) TRY(expect_writable(file_of(name), existing_of(command)));
    std::error_code error;
    fs::create_directories(folder, error);
    if (error || !fs::is_directory(folder, error)) return cannot_write(folder);
    for (const auto& [name, table] : tables) TRY(write_file(file_of(name), file_content(table, format)));
    return {};
}

Result<void> write_workbook(const ExportCommand& command, const NamedTables& tables) {
    TRY(expect_regular(command.output));
    TRY(expect_writable(command.output, existing_of(command)));
    return registers::write_xlsx(command.output, tables);
}

Result<void> write_table(const ExportCommand& command, const std::string& name, const Table& table,
                         FileFormat format) {
    if (format == FileFormat::xlsx) return write_workbook(command, {{name, table}});
    TRY(expect_writable(command.output, existing_of(command)));
    return write_file(command.output, file_content(table, format));
}

Result<int> export_all(const Session& session, const ExportCommand& command, FileFormat format) {
    const Plain plain = TRY(open_plain(session, command.when));
    const NamedTables tables = TRY(filled_registers(plain, headings_of(command.headings)));
    if (format == FileFormat::xlsx)
        TRY(write_workbook(command, tables));
    else
        TRY(write_folder(command, tables, format));
    note_written(session, "export", command.output);
    session.out << fmt::format(
        fmt::runtime(session.say("{} の台帳を {} に書き出しました。\n", "{} registers written to {}\n")),
        tables.size(), command.output.string());
    return 0;
}

}  // namespace

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

Result<int> run(const Session& session, const ImportCommand& command) {
    const auto schema = TRY(session.schema());
    const registers::Register& into = *TRY(schema.get(command.register_name));
    const Table table = TRY(read_table(command.file, command.format));
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
    if (command.output == "-" && format != FileFormat::xlsx) {
        session.out << registers::to_delimited(table, format == FileFormat::tsv ? '\t' : ',');
        return 0;
    }
    TRY(write_table(command, of.name, table, format));
    if (of.about_person()) note_written(session, "export " + of.name, command.output);
    session.out << fmt::format(
        fmt::runtime(session.say("{} 件を {} に書き出しました。\n", "{} records written to {}\n")),
        table.rows.size(), command.output.string());
    return 0;
}

}  // namespace maru::cli
