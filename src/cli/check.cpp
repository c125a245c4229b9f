#include <fmt/core.h>

#include <algorithm>
#include <ostream>

#include "cli/catalog_sheets.hpp"
#include "cli/session.hpp"
#include "cli/tables.hpp"
#include "sheets/tasks.hpp"

namespace maru::cli {

namespace {

using checks::Check;
using checks::CheckKey;
using checks::CheckState;
using checks::Row;
using checks::RowState;

constexpr std::size_t most_rows = 1000;  // offenders shown per check
constexpr std::size_t most_rows_explained = 100'000;

bool is_good(sheets::Mark mark) { return mark == sheets::Mark::full || mark == sheets::Mark::not_applicable; }

bool is_good(CheckState state) {
    return state == CheckState::satisfied || state == CheckState::not_applicable ||
           state == CheckState::no_occasion;
}

CheckState state_of(Reading& reading, const CheckKey& key) {
    return reading.evaluation->run(key).state_on(reading.evaluation->today());
}

// What the command looks into: whole items, or single checks.
struct Target {
    const sheets::Item* item = nullptr;
    CheckKey check;
};

void add_check(const sheets::Sheet& sheet, const std::string& name, std::vector<Target>& targets) {
    bool linked = false;
    for (const CheckKey& key : sheet.keys(sheets::Sheet::Rows::all))
        if (key.check == name) targets.push_back({nullptr, key}), linked = true;
    if (!linked) targets.push_back({nullptr, {name, ""}});
}

Result<std::vector<Target>> targets_of(const CheckCommand& command, const sheets::Sheet& sheet,
                                       const checks::Library& library) {
    std::vector<Target> targets;
    for (const std::string& name : command.names) {
        if (const sheets::Item* item = sheet.item(name))
            targets.push_back({item, {}});
        else if (library.checks.contains(name))
            add_check(sheet, name, targets);
        else
            return fail(ErrorKind::not_found,
                        {"「" + name + "」は設問でも点検でもありません。maru catalog checks で一覧できます。",
                         "\"" + name + "\" is neither an item nor a check; see maru catalog checks."});
    }
    if (command.names.empty())
        for (const sheets::Item* item : sheet.rows(sheets::Sheet::Rows::published))
            targets.push_back({item, {}});
    return targets;
}

class Printer {
public:
    Printer(const Session& session, const CheckCommand& command, Reading& reading)
        : session_(session), command_(command), reading_(reading), language_(session.common.language) {}

    // True when the check is satisfied, not applicable, or had no occasion.
    Result<bool> check(const CheckKey& key, std::string_view level) {
        const auto& result = reading_.evaluation->run(key);
        const CheckState state = state_of(reading_, key);
        line(fmt::format("{}{} [{}] {} {}", key.check, key.item.empty() ? "" : "(" + key.item + ")", level,
                         sheets::name_of(state).in(language_),
                         sheets::numbers(result.counts_on(reading_.evaluation->today()), language_)),
             2);
        line(result.check->title.in(language_), 4);
        if (result.error) line(result.error->message.in(language_), 4);
        for (const std::string& label : result.contradictions)
            line(session_.say("宣言と矛盾: ", "contradicts the statement: ") + label, 4);
        if (result.doubt && result.counts_on(reading_.evaluation->today()).total() == 0 && !is_good(state)) {
            line(result.doubt->why.in(language_), 4);
            line("→ " + result.doubt->todo.in(language_), 4);
        } else if (!result.error && result.counts_on(reading_.evaluation->today()).total() == 0 &&
                   !is_good(state)) {
            nothing_there(*result.check);
        }
        if (!result.error) TRY(rows(key, *result.check));
        return is_good(state);
    }

    Result<bool> item(const sheets::Item& item, const sheets::ItemReport& report) {
        line(fmt::format("{} {}  {}  {}", item.number, sheets::symbol(report.verdict.mark),
                         sheets::numbers(report.verdict.asked, language_), item.question.in(language_)),
             0);
        line(fmt::format("{} {}   {} {}", session_.say("備考:", "remark:"),
                         sheets::name_of(report.verdict.remark).in(language_),
                         session_.say("次回失効日:", "next flip:"),
                         sheets::flip_text(report.flips, language_)),
             2);
        for (const sheets::Link& link : item.links)
            for (const CheckKey& key : link.checks)
                TRY(check(key, sheets::level_name(link.level, language_) +
                                   (link.any_of() ? session_.say("・いずれか", ", any of") : "")));
        session_.out << "\n";
        return is_good(report.verdict.mark);
    }

private:
    void line(const std::string& text, std::size_t indent) const {
        session_.out << sentence_lines(text, session_.width, indent);
    }

    // An empty population says nothing about itself: what would make it speak?
    void nothing_there(const Check& check) const {
        const registers::Register* of = reading_.schema->find(check.subject);
        const std::string where = of ? of->label.in(language_) + " (" + of->name + ")"
                                     : registers_read(check, *reading_.schema, language_);
        line(session_.say("→ まだ対象の記録がありません。登録する台帳: ",
                          "→ no records yet. Where to enter them: ") +
                 where,
             4);
        line(std::string("  ") +
                 session_.say("項目と登録例: maru catalog registers ",
                              "its fields and an example: maru catalog registers ") +
                 (of ? of->name : std::string(session_.say("台帳", "REGISTER"))),
             4);
    }

    Result<void> rows(const CheckKey& key, const Check& check) {
        auto& evaluation = *reading_.evaluation;
        const auto found = command_.explain ? TRY(evaluation.rows(key))
                                            : TRY(evaluation.offenders(key, evaluation.today(), most_rows));
        std::vector<std::vector<std::string>> table;
        for (const Row& row : found) {
            const RowState state = checks::state_on(row.terms, check.grace, evaluation.today());
            if (state == RowState::absent) continue;
            table.push_back({std::string(sheets::state_name(state, language_)), "#" + row.subject, row.label,
                             sheets::person_name(*reading_.reader, row.owner), until(row),
                             checks::sentence(check, row, language_)});
        }
        session_.out << aligned(table, session_.width, 4);
        if (!table.empty() && !command_.explain) print_todo(check, found);
        return {};
    }

    // For the first row; the others ask for the same.
    void print_todo(const Check& check, const std::vector<Row>& found) {
        const std::string first = sheets::todo(check, found.front(), language_);
        const bool all = std::ranges::all_of(
            found, [&](const Row& row) { return sheets::todo(check, row, language_) == first; });
        line(
            "→ " + first + (all ? "" : session_.say("（ほかの対象も同様に）", " (and so on for the others)")),
            4);
    }

    std::string until(const Row& row) const {
        if (!row.terms.valid_until) return session_.say("－", "-");
        if (*row.terms.valid_until == forever()) return session_.say("無期限", "no end");
        return row.terms.valid_until->iso();
    }

    const Session& session_;
    const CheckCommand& command_;
    Reading& reading_;
    Language language_;
};

const sheets::ItemReport& item_report(const sheets::SheetReport& report, const sheets::Item& item) {
    return *std::ranges::find(report.items, &item, &sheets::ItemReport::item);
}

// True when every target is good.
Result<bool> print_text(const Session& session, const CheckCommand& command, Reading& reading,
                        const std::vector<Target>& targets, const sheets::SheetReport& report) {
    Printer printer(session, command, reading);
    bool all_good = true;
    for (const Target& target : targets) {
        const bool good = target.item ? TRY(printer.item(*target.item, item_report(report, *target.item)))
                                      : TRY(printer.check(target.check, "-"));
        all_good = all_good && good;
    }
    return all_good;
}

// Items that are no target keep only the links to checks that are; an item without any goes.
void keep_targets(sheets::SheetReport& report, const std::vector<Target>& targets) {
    const auto is_target = [&](const sheets::Item* item) {
        return std::ranges::find(targets, item, &Target::item) != targets.end();
    };
    const auto leads_to_target = [&](const sheets::LinkReport& link) {
        return std::ranges::any_of(targets, [&](const Target& target) {
            const auto& keys = link.link->checks;
            return target.item == nullptr && std::ranges::find(keys, target.check) != keys.end();
        });
    };
    for (sheets::ItemReport& item : report.items)
        if (!is_target(item.item))
            std::erase_if(item.links, [&](const auto& link) { return !leads_to_target(link); });
    std::erase_if(report.items, [](const sheets::ItemReport& item) { return item.links.empty(); });
}

Result<bool> print_json(const Session& session, Reading& reading, const std::vector<Target>& targets,
                        sheets::SheetReport report) {
    bool all_good = true;
    for (const Target& target : targets)
        all_good = all_good && (target.item ? is_good(item_report(report, *target.item).verdict.mark)
                                            : is_good(state_of(reading, target.check)));
    keep_targets(report, targets);
    session.out << sheets::render_json(report);
    return all_good;
}

}  // namespace

Result<int> run(const Session& session, const CheckCommand& command) {
    Reading reading = TRY(read_state(session, command.when));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, *reading.library));
    const auto targets = TRY(targets_of(command, sheet, *reading.library));
    sheets::ReportOptions options;
    options.rows = sheets::Sheet::Rows::all;
    options.offenders = command.explain ? most_rows_explained : most_rows;
    auto report = TRY(report_of(reading, sheet, options));
    const bool all_good = command.format == "json"
                              ? TRY(print_json(session, reading, targets, std::move(report)))
                              : TRY(print_text(session, command, reading, targets, report));
    return all_good ? 0 : 1;
}

}  // namespace maru::cli
