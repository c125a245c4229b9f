#include <fmt/core.h>

#include <algorithm>
#include <ostream>

#include "checks/examples.hpp"
#include "checks/lint.hpp"
#include "cli/catalog_sheets.hpp"
#include "cli/entries.hpp"
#include "cli/files.hpp"
#include "cli/session.hpp"
#include "cli/tables.hpp"
#include "notices/templates.hpp"
#include "workflow/kinds.hpp"

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
    for (const auto& run : {checks::run_examples, checks::run_future})
        for (const auto& problem : run(library, schema, command.names)) {
            ++problems;
            session.out << problem.check << ": " << problem.message.in(session.common.language) << "\n";
        }
    return problems;
}

// Texts of notices, when the whole catalog is looked at.
std::size_t print_texts(const Session& session, const CatalogCommand& command) {
    if (!command.names.empty()) return 0;
    const auto problems = notices::lint_templates(session.catalog());
    for (const Text& problem : problems)
        session.out << "notices/" << problem.in(session.common.language) << "\n";
    return problems.size();
}

// Kinds of requests, likewise.
std::size_t print_kinds(const Session& session, const CatalogCommand& command, const Library& library,
                        const registers::Schema& schema) {
    if (!command.names.empty()) return 0;
    const auto problems = workflow::lint_kinds(session.catalog(), schema, library);
    for (const Text& problem : problems) session.out << problem.in(session.common.language) << "\n";
    return problems.size();
}

void print_reads(const Session& session, const CatalogCommand& command,
                 const std::vector<checks::DerivedRead>& reads) {
    for (const auto& read : reads)
        if (chosen(command, read.check))
            session.out << fmt::format(
                "{} ← {} ({})\n    {}\n", read.check, read.register_name, join(read.columns, " "),
                read.path.empty() ? session.say("全件を再点検", "the whole check runs again") : read.path);
}

Result<void> write_reads(const std::filesystem::path& file, const std::vector<checks::DerivedRead>& reads) {
    std::error_code ignored;
    std::filesystem::create_directories(file.parent_path(), ignored);
    return write_file(file, checks::reads_tsv(reads));
}

// A check whose SQL fails is reported by lint itself.
Result<void> print_plans(const Session& session, const CatalogCommand& command, const Library& library,
                         const registers::Schema& schema) {
    store::Database workbench = TRY(checks::lint_workbench(library, schema));
    for (const auto& [name, check] : library.checks) {
        if (!chosen(command, name)) continue;
        const auto plan = workbench.query_plan(check.sql);
        if (!plan) continue;
        session.out << name << ":\n";
        for (const std::string& line : *plan) session.out << "    " << line << "\n";
    }
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
    for (const std::string& name : command.names) TRY(find_check(library, name));
    const auto reads = TRY(checks::derived_reads(library, schema));
    if (command.explain) {
        print_reads(session, command, reads);
        TRY(print_plans(session, command, library, schema));
    }
    if (command.write) TRY(write_reads(session.catalog() / "derived" / "reads.tsv", reads));
    const std::size_t problems = print_lint(session, command, library, schema) +
                                 print_texts(session, command) +
                                 print_kinds(session, command, library, schema);
    session.out << fmt::format(
        fmt::runtime(session.say("台帳 {}、点検 {}、誤り {}\n", "{} registers, {} checks, {} problems\n")),
        schema.all().size(), command.names.empty() ? library.checks.size() : command.names.size(), problems);
    return problems == 0 ? 0 : 2;
}

void print_lines(const Session& session, const std::vector<std::string>& lines) {
    for (const std::string& line : lines) session.out << aligned({{line}}, session.width);
}

Text type_name(registers::FieldType type) {
    using registers::FieldType;
    switch (type) {
        case FieldType::text: return {"文字列", "text"};
        case FieldType::long_text: return {"長文", "long text"};
        case FieldType::integer: return {"整数", "integer"};
        case FieldType::decimal: return {"小数", "decimal"};
        case FieldType::money: return {"金額", "money"};
        case FieldType::date: return {"日付", "date"};
        case FieldType::instant: return {"日時", "instant"};
        case FieldType::boolean: return {"はい・いいえ", "boolean"};
        case FieldType::choice: return {"選択", "choice"};
        case FieldType::reference: return {"参照", "reference"};
        case FieldType::person: return {"従業者", "person"};
        case FieldType::list: return {"リスト", "list"};
        case FieldType::file: return {"ファイル", "file"};
        case FieldType::url: return {"URL", "url"};
        case FieldType::mail: return {"メールアドレス", "mail"};
        case FieldType::mac_address: return {"MACアドレス", "MAC address"};
        case FieldType::sha256: return {"SHA-256", "SHA-256"};
    }
    return {};
}

std::string type_text(const Session& session, const registers::Field& field) {
    const Language language = session.common.language;
    std::string text = type_name(field.element()).in(language);
    if (field.is_list()) text = session.say("複数の", "list of ") + text;
    if (field.is_reference() && field.to != "person") text += " → " + field.to;
    for (std::size_t i = 0; i < field.choices.size(); ++i)
        text += (i ? ", " : ": ") + field.choices[i].code + "=" + field.choices[i].label.in(language);
    return text;
}

std::string remarks_on(const Session& session, const registers::Field& field) {
    std::vector<std::string> words;
    if (field.required) words.emplace_back(session.say("必須", "required"));
    if (field.personal) words.emplace_back(session.say("個人", "personal"));
    return join(words, " ");
}

// A value that the field takes, as an example.
std::string example_of(const Session& session, const registers::Field& field) {
    using registers::FieldType;
    switch (field.element()) {
        case FieldType::choice: return field.choices.front().code;
        case FieldType::date: return session.today().iso();
        case FieldType::instant: return session.today().iso() + "T09:00:00+09:00";
        case FieldType::boolean: return "true";
        case FieldType::integer:
        case FieldType::decimal:
        case FieldType::money: return "1";
        case FieldType::person: return session.say("従業者番号", "EMPLOYEE");
        case FieldType::reference: return field.to + session.say("の番号", "-KEY");
        case FieldType::file: return "@" + std::string(session.say("ファイル名", "FILE"));
        case FieldType::url: return "https://example.jp/";
        case FieldType::mail: return "yamada@example.jp";
        case FieldType::mac_address: return "00:11:22:aa:bb:cc";
        case FieldType::sha256: return session.say("SHA-256の16進", "HEX");
        case FieldType::text:
        case FieldType::long_text:
        case FieldType::list: return field.label.in(session.common.language);
    }
    return {};
}

// What to type for a record with no more than it needs.
std::string example_put(const Session& session, const registers::Register& of) {
    std::string text = "maru put " + of.name;
    for (const auto& field : of.fields) {
        const bool in_key = std::ranges::find(of.key, field.name) != of.key.end();
        if (field.required || in_key) text += " " + shell_word(field.name + "=" + example_of(session, field));
    }
    return text;
}

void show_register(const Session& session, const registers::Register& of) {
    const Language language = session.common.language;
    print_lines(session, {of.name + " — " + of.label.in(language), of.help.in(language),
                          session.say("自然キー: ", "natural key: ") + join(of.key, " / ")});
    std::vector<std::vector<std::string>> rows;
    for (const auto& field : of.fields)
        rows.push_back({field.name, field.label.in(language), remarks_on(session, field),
                        type_text(session, field) +
                            (field.help.in(language).empty() ? "" : "\n" + field.help.in(language))});
    session.out << "\n" << aligned(rows, session.width) << "\n";
    session.out << session.say("登録例: ", "for example: ") << example_put(session, of) << "\n\n";
}

Result<int> list_registers(const Session& session, const CatalogCommand& command) {
    const auto schema = TRY(session.schema());
    std::vector<const registers::Register*> named;
    for (const std::string& name : command.names) named.push_back(TRY(schema.get(name)));
    for (const registers::Register* of : named) show_register(session, *of);
    if (!named.empty()) return 0;
    std::vector<std::vector<std::string>> rows;
    for (const auto& of : schema.all())
        rows.push_back({of.name, of.label.in(session.common.language), of.help.in(session.common.language)});
    session.out << aligned(rows, session.width);
    return 0;
}

void show_check(const Session& session, const Check& check, const registers::Schema& schema) {
    const Language language = session.common.language;
    std::vector<std::string> lines{
        check.name + " — " + check.title.in(language),
        session.say("なぜ: ", "why: ") + check.why.in(language),
        session.say("対応: ", "to do: ") + check.todo.in(language),
        session.say("読む台帳: ", "reads: ") + registers_read(check, schema, language)};
    if (check.grace)
        lines.push_back(session.say("猶予日数: ", "grace (days): ") + std::to_string(check.grace));
    if (check.window)
        lines.push_back(session.say("対象期間（日）: ", "window (days): ") + std::to_string(check.window));
    if (!check.mirrors.empty())
        lines.push_back(session.say("前提となる一覧: ", "lists it trusts: ") + join(check.mirrors, ", "));
    for (const auto& [code, sentence] : check.reasons)
        lines.push_back("  " + code + ": " + sentence.in(language));
    print_lines(session, lines);
    session.out << check.sql << "\n";
}

Result<int> list_checks(const Session& session, const CatalogCommand& command) {
    const auto schema = TRY(session.schema());
    const Library library = TRY(session.library(schema));
    for (const std::string& name : command.names)
        show_check(session, *TRY(find_check(library, name)), schema);
    if (!command.names.empty()) return 0;
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, check] : library.checks)
        rows.push_back({name, check.title.in(session.common.language)});
    session.out << aligned(rows, session.width);
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
