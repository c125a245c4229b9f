#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <ostream>

#include "checks/examples.hpp"
#include "checks/lint.hpp"
#include "cli/session.hpp"
#include "cli/tables.hpp"

namespace maru::cli {

namespace {

using checks::Check;
using checks::Library;

bool chosen(const CatalogCommand& command, const std::string& name) {
    return command.names.empty() || std::ranges::find(command.names, name) != command.names.end();
}

std::size_t print_lint(const Session& session, const CatalogCommand& command, const Library& library,
                       const registers::Schema& schema) {
    std::size_t problems = 0;
    for (const auto& problem : checks::lint(library, schema)) {
        if (!chosen(command, problem.check)) continue;
        const bool wrong = problem.kind == checks::LintKind::wrong;
        problems += wrong ? 1 : 0;
        session.out << problem.check << ": " << (wrong ? "" : session.say("遅い: ", "slow: "))
                    << problem.message.in(session.common.language) << "\n";
    }
    for (const auto& problem : checks::run_examples(library, schema, command.names)) {
        ++problems;
        session.out << problem.check << ": " << problem.message.in(session.common.language) << "\n";
    }
    return problems;
}

Result<void> print_reads(const Session& session, const CatalogCommand& command,
                         const std::vector<checks::DerivedRead>& reads) {
    for (const auto& read : reads)
        if (chosen(command, read.check))
            session.out << fmt::format(
                "{} ← {} ({})\n    {}\n", read.check, read.register_name, join(read.columns, " "),
                read.path.empty() ? session.say("全件を再点検", "the whole check runs again") : read.path);
    return {};
}

Result<void> write_reads(const std::filesystem::path& file, const std::vector<checks::DerivedRead>& reads) {
    std::error_code ignored;
    std::filesystem::create_directories(file.parent_path(), ignored);
    std::ofstream stream(file, std::ios::binary);
    stream << checks::reads_tsv(reads);
    stream.close();
    if (!stream)
        return fail(ErrorKind::unavailable,
                    {file.string() + " に書けません。", "cannot write " + file.string() + "."});
    return {};
}

// Every sheet must load: its items name checks and scopes that exist.
Result<void> load_sheets(const Session& session, const Library& library) {
    for (const std::string& name : sheets::sheet_names(session.catalog()))
        TRY(sheets::load_sheet(session.catalog(), name, library));
    return {};
}

Result<int> lint(const Session& session, const CatalogCommand& command) {
    const auto schema = TRY(session.schema());
    const Library library = TRY(Library::load(session.catalog(), schema, checks::With::examples));
    TRY(load_sheets(session, library));
    for (const std::string& name : command.names)
        if (!library.checks.contains(name))
            return fail(ErrorKind::not_found,
                        {"点検 " + name + " がありません。", "there is no check " + name + "."});
    const auto reads = TRY(checks::derived_reads(library, schema));
    if (command.explain) TRY(print_reads(session, command, reads));
    if (command.write) TRY(write_reads(session.catalog() / "derived" / "reads.tsv", reads));
    const std::size_t problems = print_lint(session, command, library, schema);
    session.out << fmt::format(
        fmt::runtime(session.say("台帳 {}、点検 {}、誤り {}\n", "{} registers, {} checks, {} problems\n")),
        schema.all().size(), command.names.empty() ? library.checks.size() : command.names.size(), problems);
    return problems == 0 ? 0 : 2;
}

std::string type_text(const Session& session, const registers::Field& field) {
    static constexpr const char* names[] = {
        "text",      "long text", "integer", "decimal", "money", "date", "instant",     "boolean", "choice",
        "reference", "person",    "list",    "file",    "url",   "mail", "MAC address", "SHA-256"};
    std::string text = names[static_cast<std::size_t>(field.element())];
    if (field.is_list()) text = "list of " + text;
    if (field.is_reference() && field.to != "person") text += " → " + field.to;
    for (std::size_t i = 0; i < field.choices.size(); ++i)
        text += (i ? ", " : ": ") + field.choices[i].code + "=" +
                field.choices[i].label.in(session.common.language);
    return text;
}

Result<int> show_register(const Session& session, const registers::Register& of) {
    const Language language = session.common.language;
    session.out << fmt::format("{} — {}\n{}\n{} {}\n\n", of.name, of.label.in(language), of.help.in(language),
                               session.say("自然キー:", "natural key:"), join(of.key, " / "));
    std::vector<std::vector<std::string>> rows;
    for (const auto& field : of.fields)
        rows.push_back({field.name, field.label.in(language),
                        std::string(field.required ? session.say("必須", "required") : "") +
                            (field.personal ? session.say(" 個人", " personal") : ""),
                        type_text(session, field)});
    session.out << aligned(rows, session.width);
    return 0;
}

Result<int> list_registers(const Session& session, const CatalogCommand& command) {
    const auto schema = TRY(session.schema());
    if (!command.names.empty()) return show_register(session, *TRY(schema.get(command.names.front())));
    std::vector<std::vector<std::string>> rows;
    for (const auto& of : schema.all())
        rows.push_back({of.name, of.label.in(session.common.language), of.help.in(session.common.language)});
    session.out << aligned(rows, session.width);
    return 0;
}

void show_check(const Session& session, const Check& check) {
    const Language language = session.common.language;
    session.out << fmt::format("{} — {}\n{} {}\n{} {}\n", check.name, check.title.in(language),
                               session.say("なぜ:", "why:"), check.why.in(language),
                               session.say("対応:", "to do:"), check.todo.in(language));
    if (check.grace) session.out << session.say("猶予日数: ", "grace (days): ") << check.grace << "\n";
    if (check.window)
        session.out << session.say("対象期間（日）: ", "window (days): ") << check.window << "\n";
    if (!check.mirrors.empty())
        session.out << session.say("前提となる一覧: ", "lists it trusts: ") << join(check.mirrors, ", ")
                    << "\n";
    for (const auto& [code, sentence] : check.reasons)
        session.out << "  " << code << ": " << sentence.in(language) << "\n";
    session.out << check.sql << "\n";
}

Result<int> list_checks(const Session& session, const CatalogCommand& command) {
    const auto schema = TRY(session.schema());
    const Library library = TRY(session.library(schema));
    for (const std::string& name : command.names) {
        const auto found = library.checks.find(name);
        if (found == library.checks.end())
            return fail(ErrorKind::not_found,
                        {"点検 " + name + " がありません。maru catalog checks で一覧できます。",
                         "there is no check " + name + "; see maru catalog checks."});
        show_check(session, found->second);
    }
    if (!command.names.empty()) return 0;
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, check] : library.checks)
        rows.push_back({name, check.title.in(session.common.language)});
    session.out << aligned(rows, session.width);
    return 0;
}

std::string link_text(const sheets::Link& link) {
    std::vector<std::string> names;
    for (const auto& key : link.checks) names.push_back(key.check);
    return join(names, "|");
}

void show_sheet(const Session& session, const sheets::Sheet& sheet) {
    for (const auto& item : sheet.items) {
        session.out << fmt::format("{:3} {}\n", item.number, item.question.in(session.common.language));
        for (const auto level : {sheets::Level::asked, sheets::Level::claimed, sheets::Level::extra}) {
            std::vector<std::string> names;
            for (const auto& link : item.links)
                if (link.level == level) names.push_back(link_text(link));
            const char* word = level == sheets::Level::asked     ? session.say("設問", "asked")
                               : level == sheets::Level::claimed ? session.say("備考", "claimed")
                                                                 : session.say("任意", "extra");
            if (!names.empty()) session.out << "      " << word << ": " << join(names, ", ") << "\n";
        }
    }
}

Result<int> list_sheets(const Session& session, const CatalogCommand& command) {
    const auto schema = TRY(session.schema());
    const Library library = TRY(session.library(schema));
    for (const std::string& name :
         command.names.empty() ? sheets::sheet_names(session.catalog()) : command.names) {
        const auto sheet = TRY(sheets::load_sheet(session.catalog(), name, library));
        session.out << name << "  " << sheet.label.in(session.common.language) << "  " << sheet.items.size()
                    << "\n";
        if (!command.names.empty()) show_sheet(session, sheet);
    }
    return 0;
}

}  // namespace

Result<int> run(const Session& session, const CatalogCommand& command) {
    switch (command.what) {
        case CatalogCommand::What::lint: return lint(session, command);
        case CatalogCommand::What::registers: return list_registers(session, command);
        case CatalogCommand::What::checks: return list_checks(session, command);
        case CatalogCommand::What::sheets: return list_sheets(session, command);
    }
    return 0;
}

}  // namespace maru::cli
