#include "checks/examples.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "examples/records.hpp"
#include "examples/world.hpp"
#include "registers/tables.hpp"
#include "store/migrations.hpp"

namespace maru::checks {

namespace {

constexpr int days_ahead[] = {1, 7, 30, 100, 366};

bool is_good(RowState state) { return state == RowState::satisfied || state == RowState::due; }

std::string until(const Row& row) { return row.terms.valid_until ? row.terms.valid_until->iso() : "-"; }

// What the forward law compares.
std::string trace(const Row& row, RowState state) {
    return fmt::format("{} {} {} {}", row.subject, word(state), until(row), row.reason);
}

std::set<std::string> traces(const std::vector<Row>& rows, int grace, Day day) {
    std::set<std::string> out;
    for (const auto& row : rows) {
        const RowState state = state_on(row.terms, grace, day);
        if (state != RowState::absent) out.insert(trace(row, state));
    }
    return out;
}

std::string only_in(const std::set<std::string>& these, const std::set<std::string>& not_those) {
    std::vector<std::string> out;
    std::ranges::set_difference(these, not_those, std::back_inserter(out));
    return join(out, ", ");
}

// One check's examples on one database.
class ExampleRunner {
public:
    ExampleRunner(store::Database& database, const Library& library, const registers::Schema& schema,
                  const Check& check)
        : database_(database), world_(database, library, schema, check), schema_(schema), check_(check) {}

    std::vector<ExampleProblem> run() {
        if (check_.uses_item && check_.example.item.empty())
            problem("[example]", "item がありません。", "item is missing: the query calls item()");
        example();
        for (std::size_t i = 0; i < check_.breaks.size(); ++i) {
            one_break(check_.breaks[i], fmt::format("[[breaks]] {} ({})", i + 1, check_.breaks[i].reason));
        }
        uncovered_reasons();
        return std::move(problems_);
    }

private:
    struct Situation {
        std::string place;
        const ExampleRecords& records;
        Day today;
    };

    void problem(const std::string& place, std::string ja, std::string en) {
        problems_.push_back({check_.name, {place + ": " + std::move(ja), place + ": " + std::move(en)}});
    }
    void problem(const std::string& place, const Error& error) {
        problem(place, error.message.ja, error.message.en);
    }

    Result<std::vector<Row>> rows_on(const Situation& situation) {
        auto now = TRY(world_.evaluation(situation.today));
        auto rows = TRY(now.rows(world_.key()));
        for (const auto& row : rows) validate(situation.place, row);
        once_a_day(situation, rows, situation.today);
        TRY(forward_law(situation, rows));
        return rows;
    }

    // A subject may have one row after the other, but no two on one day.
    void once_a_day(const Situation& situation, const std::vector<Row>& rows, Day day) {
        std::set<std::string> subjects;
        for (const auto& row : rows) {
            if (state_on(row.terms, check_.grace, day) == RowState::absent) continue;
            if (subjects.insert(row.subject).second) continue;
            problem(situation.place,
                    fmt::format("対象 {}（{}）が {} に2回出ます。", row.subject, row.label, day.iso()),
                    fmt::format("subject {} ({}) comes twice on {}", row.subject, row.label, day.iso()));
        }
    }

    Result<void> forward_law(const Situation& situation, const std::vector<Row>& rows) {
        for (const int ahead : days_ahead) {
            const Day day = situation.today.plus_days(ahead);
            once_a_day(situation, rows, day);
            auto then = TRY(world_.evaluation(day));
            const std::string difference =
                forward_difference(check_, rows, TRY(then.rows(world_.key())), day);
            if (difference.empty()) continue;
            problem(situation.place,
                    fmt::format("{} の行を {} に見ると、その日の行と違います（前だけ / 後だけ）: {}",
                                situation.today.iso(), day.iso(), difference),
                    fmt::format("forward law: rows of {} on {}, only then / only when run on that day: {}",
                                situation.today.iso(), day.iso(), difference));
            return {};
        }
        return {};
    }

    void validate(const std::string& place, const Row& row) {
        const auto wrong = [&](std::string_view ja, std::string_view en) {
            problem(place, fmt::format("行 {}: {}", row.label, ja), fmt::format("row {}: {}", row.label, en));
        };
        if (!check_.reasons.contains(row.reason))
            wrong(fmt::format("理由 {} が [reasons] にありません。", row.reason),
                  fmt::format("reason {} is not in [reasons]", row.reason));
        if (!check_.subject.empty() && !exists(check_.subject, row.subject))
            wrong("対象が台帳にありません。", "its subject is no record of " + check_.subject);
        if (row.owner && schema_.find("person") && !exists("person", fmt::format("{}", *row.owner)))
            wrong("責任者が従業者台帳にありません。", "its owner is no person");
    }

    bool exists(const std::string& register_name, const std::string& id) {
        auto statement = database_.cached(
            fmt::format("select 1 from {} where id = cast(?1 as integer)", store::quoted(register_name)));
        if (!statement) return false;
        (*statement)->bind(1, std::string_view(id));
        const auto row = (*statement)->step();
        const bool found = row && *row;
        (*statement)->reset();
        return found;
    }

    void note(const std::vector<Row>& rows, const Situation& situation) {
        for (const auto& row : rows) {
            const RowState state = state_on(row.terms, check_.grace, situation.today);
            if (is_good(state)) {
                bool& lasts = settled_.try_emplace(row.reason, true).first->second;
                lasts = lasts && row.terms.valid_until >= forever();
            }
            if (is_good(state) || state == RowState::absent) continue;
            shown_.insert(row.reason);
            if (!row.owner && !check_.subject.empty()) {
                problem(situation.place,
                        fmt::format("行 {}（{}）に責任者がいません。", row.label, word(state)),
                        fmt::format("{} row {} has no owner", word(state), row.label));
            }
        }
    }

    void example() {
        const Situation here{"[example]", check_.example.records, check_.example.today};
        const auto done = world_.with_records(here.records, [&](const ExampleIds&) -> Result<void> {
            const auto rows = TRY(rows_on(here));
            std::size_t present = 0;
            for (const auto& row : rows) {
                const RowState state = state_on(row.terms, check_.grace, here.today);
                if (state == RowState::absent) continue;
                ++present;
                if (is_good(state)) continue;
                problem(here.place,
                        fmt::format("行 {} が {} です: {}", row.label, word(state),
                                    sentence(check_, row, Language::ja)),
                        fmt::format("row {} is {}: {} (until {})", row.label, word(state),
                                    sentence(check_, row, Language::en), until(row)));
            }
            if (present == 0) problem(here.place, "対象が1件もありません。", "no row in the population");
            note(rows, here);
            return {};
        });
        if (!done) problem(here.place, done.error());
    }

    void one_break(const Break& broken, const std::string& place) {
        const auto records = changed(check_.example.records, broken);
        if (!records) return problem(place, records.error());
        const Situation here{place, *records, broken.today.value_or(check_.example.today)};
        const auto done = world_.with_records(*records, [&](const ExampleIds& ids) -> Result<void> {
            const auto rows = TRY(rows_on(here));
            note(rows, here);
            const auto id = ids.find({check_.subject, broken.subject});
            if (!check_.subject.empty() && id == ids.end()) {
                problem(place, fmt::format("例に {}.{} がありません。", check_.subject, broken.subject),
                        fmt::format("there is no record {}.{}", check_.subject, broken.subject));
                return {};
            }
            expect(broken, here, rows,
                   check_.subject.empty() ? broken.subject : fmt::format("{}", id->second));
            return {};
        });
        if (!done) problem(place, done.error());
    }

    void expect(const Break& broken, const Situation& here, const std::vector<Row>& rows,
                const std::string& subject) {
        const auto row = std::ranges::find(rows, subject, &Row::subject);
        if (row == rows.end() || state_on(row->terms, check_.grace, here.today) == RowState::absent) {
            return problem(here.place, fmt::format("{} の行がありません。", broken.subject),
                           fmt::format("{} has no row in the population", broken.subject));
        }
        const auto state = word(state_on(row->terms, check_.grace, here.today));
        if (row->reason == broken.reason && state == broken.state) return;
        problem(here.place,
                fmt::format("{} は {}（{}、{} まで）です。{} のはずです。", broken.subject, state,
                            row->reason, until(*row), broken.state),
                fmt::format("{} is {} with {} (until {}), expected {}", broken.subject, state, row->reason,
                            until(*row), broken.state));
    }

    void uncovered_reasons() {
        for (const auto& [code, text] : check_.reasons) {
            const auto settled = settled_.find(code);
            if (shown_.contains(code) || (settled != settled_.end() && settled->second)) continue;
            problem("[reasons] " + code, "この理由を示す [[breaks]] がありません。",
                    "no break shows this reason, and it does not always last for ever");
        }
    }

    store::Database& database_;
    ExampleWorld world_;
    const registers::Schema& schema_;
    const Check& check_;
    std::set<std::string> shown_;          // reasons seen on offenders
    std::map<std::string, bool> settled_;  // reasons seen on good rows: whether they always lasted for ever
    std::vector<ExampleProblem> problems_;
};

}  // namespace

Result<store::Database> catalog_database(const registers::Schema& schema) {
    store::Database database = TRY(store::Database::in_memory());
    TRY(store::migrate(database, registers::migrations()));
    TRY(registers::derive_tables(database, schema));
    return database;
}

std::vector<ExampleProblem> run_examples(const Library& library, const registers::Schema& schema,
                                         const std::vector<std::string>& only) {
    std::vector<ExampleProblem> out;
    auto database = catalog_database(schema);
    if (!database) return {{"", database.error().message}};
    for (const auto& [name, check] : library.checks) {
        if (!only.empty() && std::ranges::find(only, name) == only.end()) continue;
        auto problems = ExampleRunner(*database, library, schema, check).run();
        out.insert(out.end(), std::make_move_iterator(problems.begin()),
                   std::make_move_iterator(problems.end()));
    }
    return out;
}

std::string forward_difference(const Check& check, const std::vector<Row>& earlier,
                               const std::vector<Row>& later, Day day) {
    const auto before = traces(earlier, check.grace, day);
    const auto after = traces(later, check.grace, day);
    if (before == after) return {};
    return fmt::format("[{}] / [{}]", only_in(before, after), only_in(after, before));
}

}  // namespace maru::checks
