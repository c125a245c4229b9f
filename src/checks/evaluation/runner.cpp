#include "evaluation/runner.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "evaluation/doubts.hpp"
#include "evaluation/terms_hash.hpp"

namespace maru::checks {

namespace {

// Counts equal terms; neighbours are mostly equal.
class Groups {
public:
    void add(const RowTerms& terms) {
        if (!last_ || !(last_->first == terms)) last_ = &*counts_.try_emplace(terms, 0).first;
        ++last_->second;
    }
    std::vector<std::pair<RowTerms, std::int64_t>> take() const {
        std::vector<std::pair<RowTerms, std::int64_t>> out(counts_.begin(), counts_.end());
        std::ranges::sort(out);
        return out;
    }

private:
    std::unordered_map<RowTerms, std::int64_t, TermsHash> counts_;
    std::pair<const RowTerms, std::int64_t>* last_ = nullptr;
};

Result<void> bind_subject(store::Statement& statement, const Check& check, const std::string& subject) {
    if (check.subject.empty()) {
        statement.bind(1, std::string_view(subject));
        return {};
    }
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(subject.data(), subject.data() + subject.size(), id);
    if (error != std::errc() || end != subject.data() + subject.size()) {
        return fail(ErrorKind::invalid, {fmt::format("「{}」は記録の ID ではありません。", subject),
                                         fmt::format("\"{}\" is no record id", subject)});
    }
    statement.bind(1, id);
    return {};
}

Result<void> walk(store::Statement& statement, const RunContext& context, const Runner::Query& query,
                  const Runner::Visit& visit) {
    const auto names = column_names(statement);
    TermsReader reader(context, term_columns(names), query.lists);
    const bool is_first = context.stage.from == first_day();
    while (const auto row = TRY(statement.step())) {
        const RowTerms terms = TRY(reader.read(*row));
        if (is_first || terms.starts_on <= terms.ends_on) TRY(visit(*row, names, terms));
    }
    return {};
}

// The days of each stage: until the first later one, and from each to the next.
std::vector<DayRange> stages_of(const std::vector<Day>& later) {
    std::vector<DayRange> out{{first_day(), forever()}};
    for (const Day day : later) {
        out.back().until = day.plus_days(-1);
        out.push_back({day, forever()});
    }
    return out;
}

Error unknown_check(const std::string& name) {
    return {ErrorKind::not_found,
            {fmt::format("点検 {} はありません。", name), fmt::format("there is no check {}", name)}};
}

}  // namespace

Result<Runner> Runner::start(store::Database& reader, const FunctionInputs& inputs) {
    auto own = std::make_shared<FunctionInputs>(inputs);
    TRY(define_functions(reader, own));
    return Runner(reader, std::move(own));
}

Result<std::vector<std::string>> Runner::columns(const Check& check) {
    if (const auto known = columns_.find(check.name); known != columns_.end()) return known->second;
    const store::Statement statement = TRY(reader_->prepare(full_sql(check)));
    auto names = column_names(statement);
    for (const auto* needed : {"subject", "label", "owner", "valid_until", "reason"}) {
        if (std::ranges::find(names, needed) != names.end()) continue;
        return fail(ErrorKind::invalid, {fmt::format("列 {} がありません。", needed),
                                         fmt::format("column {} is missing", needed)});
    }
    columns_.emplace(check.name, names);
    return names;
}

Result<std::vector<Day>> Runner::later_stages(const Check& check) {
    if (check.stages.empty()) return std::vector<Day>{};
    if (const auto known = stages_.find(check.name); known != stages_.end()) return known->second;
    std::set<Day> days;
    TRY(each_row(*reader_, check.stages, [&](const store::Row& row) -> Result<void> {
        const Day day = TRY(day_column(row, 0, "stages", first_day()));
        if (day > inputs_->today && day < forever()) days.insert(day);
        return {};
    }));
    return stages_.emplace(check.name, std::vector(days.begin(), days.end())).first->second;
}

Result<void> Runner::each(const Surroundings& around, const CheckKey& key, const Query& query,
                          const Visit& visit) {
    const auto found = around.library.checks.find(key.check);
    if (found == around.library.checks.end()) return std::unexpected(unknown_check(key.check));
    const Check& check = found->second;
    inputs_->item = key.item;
    Result<void> done;
    for (const DayRange& stage : stages_of(TRY(later_stages(check)))) {
        inputs_->stage = std::max(stage.from, inputs_->today);
        done = each_of({check, key.item, around.exceptions, around.mirrors, *inputs_, stage}, query, visit);
        if (!done) break;
    }
    inputs_->stage = inputs_->today;
    return done;
}

Result<void> Runner::each_of(const RunContext& context, const Query& query, const Visit& visit) {
    const Check& check = context.check;
    if (!query.subject && !check.uses_item) {
        store::Statement statement = TRY(reader_->prepare(query.sql));
        return walk(statement, context, query, visit);
    }
    // Run for one subject or item after the other.
    store::Statement* statement = TRY(reader_->cached(query.sql));
    if (query.subject) TRY(bind_subject(*statement, check, *query.subject));
    auto done = walk(*statement, context, query, visit);
    statement->reset();
    return done;
}

Result<std::set<std::string>> Runner::item_rows(const Check& check, const std::string& item) {
    inputs_->item = item;
    store::Statement* statement = TRY(reader_->cached(check.item_key));
    std::set<std::string> out;
    while (const auto row = TRY(statement->step())) {
        std::string line;
        for (int i = 0; i < row->columns(); ++i)
            line += row->is_null(i) ? "-\x1f" : fmt::format("+{}\x1f", row->text(i));
        out.insert(std::move(line));
    }
    return out;
}

Result<void> Runner::count_rows(const Surroundings& around, CheckResult& into) {
    const Check& check = *into.check;
    const auto names = TRY(columns(check));
    Groups groups;
    std::vector<std::string> offending;
    const auto visit = [&](const store::Row& row, const auto&, const RowTerms& terms) -> Result<void> {
        const auto ahead = from_today_on(terms, check.grace, inputs_->today);
        if (!ahead) return {};
        groups.add(*ahead);
        if (offending.size() <= few_offenders && offends(state_on(*ahead, check.grace, inputs_->today)))
            offending.emplace_back(row.text(0));
        return {};
    };
    TRY(each(around, into.key, {lite_sql(check, names), std::nullopt}, visit));
    into.population = {inputs_->today, groups.take()};
    if (offending.size() > few_offenders) return {};
    std::ranges::sort(offending);
    offending.erase(std::unique(offending.begin(), offending.end()), offending.end());
    into.offending = std::move(offending);
    return {};
}

CheckResult Runner::frame(const Surroundings& around, const CheckKey& key) {
    CheckResult out;
    out.key = key;
    const auto found = around.library.checks.find(key.check);
    if (found == around.library.checks.end()) {
        out.error = unknown_check(key.check);
        return out;
    }
    out.check = &found->second;
    out.empty_mirror_until = CheckMirrors(around.mirrors, *out.check).until(std::nullopt);
    out.known_from = around.known_from;
    out.doubt = Doubts(around, *out.check, around.today).of_none();
    if (const auto scope = around.scopes.by_topic.find(out.check->scope);
        scope != around.scopes.by_topic.end()) {
        out.declared_none = scope->second.declared_none;
        out.contradictions = scope->second.contradictions;
    }
    return out;
}

CheckResult Runner::run(const Surroundings& around, const CheckKey& key) {
    CheckResult out = frame(around, key);
    if (!out.check) return out;
    if (auto counted = count_rows(around, out); !counted)
        out.error = prefixed("check " + key.check, std::move(counted).error());
    return out;
}

}  // namespace maru::checks
