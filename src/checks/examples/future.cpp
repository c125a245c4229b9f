// What lies ahead earns nothing and breaks nothing today.
#include <fmt/core.h>

#include <set>

#include "examples/records.hpp"
#include "examples/twins.hpp"
#include "examples/world.hpp"

namespace maru::checks {

namespace {

using States = std::map<std::string, std::string>;  // by subject as the example names it

std::string only_in(const States& these, const States& those) {
    std::string out;
    for (const auto& [subject, state] : these) {
        const auto other = those.find(subject);
        if (other == those.end() || other->second != state) out += fmt::format(" {}={}", subject, state);
    }
    return out.empty() ? " -" : out;
}

// One check's examples on one database.
class FutureRunner {
public:
    FutureRunner(store::Database& database, const Library& library, const registers::Schema& schema,
                 const Check& check)
        : database_(database), world_(database, library, schema, check), schema_(schema), check_(check) {}

    std::vector<ExampleProblem> run() {
        const Example& example = check_.example;
        const Reads reads = what_it_reads();
        auto twins = twins_that_start(schema_, example.records, reads);
        std::ranges::move(twins_that_end(schema_, example.records, reads), std::back_inserter(twins));
        compare("[example]", example.today, example.records, twins);
        // What an end hides is seen where something is broken.
        for (std::size_t i = 0; i < check_.breaks.size(); ++i) {
            const Break& broken = check_.breaks[i];
            const auto records = changed(example.records, broken);
            if (!records) continue;  // run_examples says so
            compare(fmt::format("[[breaks]] {} ({})", i + 1, broken.reason),
                    broken.today.value_or(example.today), *records, twins_that_end(schema_, *records, reads));
        }
        return std::move(problems_);
    }

private:
    Reads what_it_reads() {
        std::set<std::pair<std::string, std::string>> columns;
        auto opened = world_.evaluation(check_.example.today);  // defines the functions that the SQL calls
        const auto reads = database_.reads(check_.sql);
        for (const auto& read : opened&& reads ? *reads : std::vector<store::ColumnRead>{}) {
            columns.emplace(read.table, read.column);
            columns.emplace(read.table, "");
        }
        return [columns = std::move(columns)](const std::string& name, const std::string& field) {
            return columns.contains({name, field});
        };
    }

    Result<States> states_on(const ExampleRecords& records, Day today) {
        States out;
        TRY(world_.with_records(records, [&](const ExampleIds& ids) -> Result<void> {
            std::map<std::string, std::string> aliases;
            for (const auto& [name, id] : ids)
                if (name.first == check_.subject) aliases[fmt::format("{}", id)] = name.second;
            auto now = TRY(world_.evaluation(today));
            for (const Row& row : TRY(now.rows(world_.key()))) {
                const RowState state = state_on(row.terms, check_.grace, today);
                const auto alias = aliases.find(row.subject);
                if (state != RowState::absent)
                    out[alias == aliases.end() ? row.subject : alias->second] = word(state);
            }
            return {};
        }));
        return out;
    }

    void compare(const std::string& place, Day today, const ExampleRecords& records,
                 const std::vector<FutureTwin>& twins) {
        const auto as_it_is = states_on(records, today);
        for (const FutureTwin& twin : twins) {
            const auto ahead = states_on(twin.ahead, today);
            const auto instead = twin.instead ? states_on(*twin.instead, today) : as_it_is;
            if (!ahead || !instead) {
                const Error& error = ahead ? instead.error() : ahead.error();
                problems_.push_back({check_.name, prefixed(place + ": " + twin.what, error).message});
                continue;
            }
            if (*ahead == *instead) continue;
            const std::string now = only_in(*ahead, *instead), otherwise = only_in(*instead, *ahead);
            problems_.push_back(
                {check_.name,
                 {fmt::format(
                      "{}: {} が遠い未来の日だと、今日の判定が変わります（未来の日:{} / ないとき:{}）。"
                      "stages と stage() か starts_on で、その日から数えてください。",
                      place, twin.what, now, otherwise),
                  fmt::format(
                      "{}: {} in the far future changes what holds today (with it:{} / without:{}); count "
                      "it from its day by stages and stage(), or starts_on",
                      place, twin.what, now, otherwise)}});
        }
    }

    store::Database& database_;
    ExampleWorld world_;
    const registers::Schema& schema_;
    const Check& check_;
    std::vector<ExampleProblem> problems_;
};

}  // namespace

std::vector<ExampleProblem> run_future(const Library& library, const registers::Schema& schema,
                                       const std::vector<std::string>& only) {
    std::vector<ExampleProblem> out;
    auto database = catalog_database(schema);
    if (!database) return {{"", database.error().message}};
    for (const auto& [name, check] : library.checks) {
        if (!only.empty() && std::ranges::find(only, name) == only.end()) continue;
        auto problems = FutureRunner(*database, library, schema, check).run();
        out.insert(out.end(), std::make_move_iterator(problems.begin()),
                   std::make_move_iterator(problems.end()));
    }
    return out;
}

}  // namespace maru::checks
