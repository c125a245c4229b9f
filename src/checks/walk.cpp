#include "checks/walk.hpp"

#include <algorithm>
#include <set>

#include "registers/organisation.hpp"
#include "walk/plan.hpp"

namespace maru::checks {

namespace {

// One check's rows at the last step.
struct Kept {
    Evaluation::Groups groups;
    std::optional<Error> error;
    bool has_groups = false;  // else only its result is known

    std::int64_t rows() const {
        std::int64_t sum = 0;
        for (const auto& [terms, count] : groups) sum += count;
        return sum;
    }
};

void add(Evaluation::Groups& groups, const std::vector<ScopedTerms>& rows) {
    for (const ScopedTerms& row : rows) ++groups[row];
}

// False when some row is not among the groups.
bool take_away(Evaluation::Groups& groups, const std::vector<ScopedTerms>& rows, int grace, Day today) {
    for (ScopedTerms row : rows) {
        const auto ahead = from_today_on(row.terms, grace, today);
        if (!ahead) continue;
        row.terms = *ahead;
        const auto found = groups.find(row);
        if (found == groups.end()) return false;
        if (--found->second == 0) groups.erase(found);
    }
    return true;
}

void move_on(Evaluation::Groups& groups, int grace, Day today) {
    Evaluation::Groups later;
    for (const auto& [row, count] : groups)
        if (const auto ahead = from_today_on(row.terms, grace, today)) later[{*ahead, row.scope}] += count;
    groups = std::move(later);
}

}  // namespace

struct Walk::Impl {
    std::filesystem::path folder;
    const Library& library;
    const registers::Schema& schema;
    Options options;
    registers::PastReader past;
    registers::Entries entries;
    std::map<std::string, Readings> readings{};  // by check
    std::optional<Evaluation> evaluation{};
    std::int64_t known = 0;  // at the last step
    std::map<CheckKey, Kept> kept{};

    const Check& check_of(const CheckKey& key) const { return library.checks.at(key.check); }
    EvaluationOptions evaluation_options(Day day) const;
    Result<void> begin(Day day);
    Result<void> go_on(std::int64_t to, Day day);
    using Plan = std::map<CheckKey, Touch>;
    Most most_of(const CheckKey& key, std::int64_t rows) const;
    Result<Plan> plan(const Changed& changed, std::int64_t to);
    std::set<std::string> checks_with_exceptions() const;
    Result<void> take_away_subjects(Plan& plan, Day day);
    Result<void> bring_up(const CheckKey& key, Kept& of, const Touch* touch);
};

// Nobody waits for one check of the past, so none of them is stopped.
EvaluationOptions Walk::Impl::evaluation_options(Day day) const {
    EvaluationOptions out{.today = day, .time_limit = std::chrono::milliseconds(0)};
    out.open_reader = [this] {
        return registers::Organisation::open_reader(folder, schema, {past.entries()});
    };
    return out;
}

// The first step has nothing to go on from, and all threads for itself. What checks read can be told once
// their functions are defined.
Result<void> Walk::Impl::begin(Day day) {
    evaluation.emplace(TRY(Evaluation::open(past.reader(), library, schema, evaluation_options(day))));
    for (const CheckKey& key : options.keys)
        if (const auto check = library.checks.find(key.check); check != library.checks.end())
            readings.try_emplace(key.check, Readings::of(check->second, schema, past.reader()));
    evaluation->run_all(options.keys);
    for (const CheckKey& key : options.keys) {
        const CheckResult& result = evaluation->run(key);
        if (!result.check) continue;
        Kept& of = kept[evaluation->normal(key)];
        of.error = result.error;
        of.has_groups = result.check->mirrors.empty() && !result.error;
        if (!of.has_groups) continue;
        for (const auto& [terms, rows] : result.population.groups) of.groups[{terms, std::nullopt}] = rows;
    }
    return {};
}

// A subject that is a text is looked for in all rows.
Most Walk::Impl::most_of(const CheckKey& key, std::int64_t rows) const {
    const std::int64_t most = std::max(options.always_by_subject, rows / options.rows_per_subject);
    return {std::max<std::int64_t>(1000, most), check_of(key).subject.empty() ? 0 : most};
}

Result<Walk::Impl::Plan> Walk::Impl::plan(const Changed& changed, std::int64_t to) {
    Plan out;
    for (const std::int64_t state : {known, to}) {
        TRY(past.move_to(state));
        for (const auto& [key, of] : kept) {
            Touch& one = out[key];
            one.whole = one.whole || !of.has_groups;
            TRY(touch(one, readings.at(key.check), changed, most_of(key, of.rows()), past.reader()));
        }
    }
    return out;
}

std::set<std::string> Walk::Impl::checks_with_exceptions() const {
    std::set<std::string> out;
    for (const CheckKey& key : options.keys)
        if (evaluation->has_exceptions(key.check)) out.insert(key.check);
    return out;
}

// The touched subjects' rows as they were. The evaluation is still that of the last step.
Result<void> Walk::Impl::take_away_subjects(Plan& plan, Day day) {
    TRY(past.move_to(known));
    for (auto& [key, touch] : plan) {
        if (touch.whole) continue;
        for (const std::string& subject : touch.subjects) {
            const auto rows = evaluation->scoped_terms(key, subject);
            const int grace = check_of(key).grace;
            touch.whole = touch.whole || !rows || !take_away(kept[key].groups, *rows, grace, day);
        }
    }
    return {};
}

Result<void> Walk::Impl::bring_up(const CheckKey& key, Kept& of, const Touch* touch) {
    const bool whole = touch == nullptr || touch->whole;
    if (!whole) {
        for (const std::string& subject : touch->subjects)
            add(of.groups, TRY(evaluation->scoped_terms(key, subject)));
        return {};
    }
    of = {};
    add(of.groups, TRY(evaluation->scoped_terms(key, std::nullopt)));
    of.has_groups = true;
    return {};
}

Result<void> Walk::Impl::go_on(std::int64_t to, Day day) {
    const Changed changed = Changed::of(TRY(entries.changes(known, to)));
    const bool other_exceptions = changed.records.contains("exception") || day > evaluation->holds_until();
    const auto had_exceptions = checks_with_exceptions();
    Plan todo = TRY(plan(changed, to));
    for (auto& [key, of] : kept) move_on(of.groups, check_of(key).grace, day);
    TRY(take_away_subjects(todo, day));
    TRY(past.move_to(to));
    TRY(evaluation->refresh(day));
    if (other_exceptions)
        for (const auto& names : {had_exceptions, checks_with_exceptions()})
            for (auto& [key, one] : todo) one.whole = one.whole || names.contains(key.check);
    std::map<CheckKey, Kept> now;
    for (const CheckKey& wanted : options.keys) {
        const CheckKey key = evaluation->normal(wanted);
        if (!library.checks.contains(key.check) || now.contains(key)) continue;
        Kept& of = now[key];
        const auto before = kept.find(key);
        if (before != kept.end()) of = std::move(before->second);
        const auto touch = before != kept.end() ? &todo.at(key) : nullptr;
        if (const auto done = bring_up(key, of, touch); !done)
            of = {{}, prefixed("check " + key.check, done.error())};
        CheckResult result = evaluation->result_of(key, of.groups);
        result.error = of.error;
        evaluation->adopt(std::move(result));
    }
    kept = std::move(now);
    return {};
}

Result<Walk> Walk::start(const std::filesystem::path& folder, const Library& library,
                         const registers::Schema& schema, Options options) {
    auto past = TRY(registers::PastReader::open(folder, schema));
    auto entries = TRY(registers::Entries::open(past.reader(), schema));
    auto impl = std::make_unique<Impl>(
        Impl{folder, library, schema, std::move(options), std::move(past), std::move(entries)});
    return Walk(std::move(impl));
}

Walk::Walk(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Walk::Walk(Walk&&) noexcept = default;
Walk::~Walk() = default;

Result<Evaluation*> Walk::step(std::int64_t to, Day day) {
    Impl& self = *impl_;
    if (self.evaluation) {
        TRY(self.go_on(to, day));
    } else {
        TRY(self.past.move_to(to));
        TRY(self.begin(day));
    }
    self.known = to;
    return &*self.evaluation;
}

registers::PastReader& Walk::past() { return impl_->past; }

}  // namespace maru::checks
