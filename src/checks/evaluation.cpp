#include "checks/evaluation.hpp"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "evaluation/runner.hpp"

namespace maru::checks {

namespace {

// Offenders up to this number are fetched one by one; above it one pass over all full rows is cheaper.
constexpr std::size_t few_offenders = 400;

int severity(RowState state) {
    switch (state) {
        case RowState::missing: return 0;
        case RowState::expired: return 1;
        case RowState::unknown: return 2;
        case RowState::due: return 3;
        case RowState::satisfied: return 4;
        case RowState::exempt: return 5;
        case RowState::absent: return 6;
    }
    return 7;
}

bool offends(RowState state) {
    return state == RowState::missing || state == RowState::expired || state == RowState::unknown;
}

Row full_row(const store::Row& row, const std::vector<std::string>& names, const RowTerms& terms) {
    const TermColumns at = term_columns(names);
    Row out;
    out.subject = row.text(at.subject);
    out.label = row.text(at.label);
    out.owner = row.maybe_integer(at.owner);
    out.reason = row.text(at.reason);
    out.terms = terms;
    for (std::size_t i = 0; i < names.size(); ++i) {
        out.columns.emplace_back(names[i], std::string(row.text(static_cast<int>(i))));
    }
    return out;
}

void sort_rows(std::vector<Row>& rows, int grace, Day day) {
    std::ranges::sort(rows, {}, [&](const Row& row) {
        return std::tuple(severity(state_on(row.terms, grace, day)), std::string_view(row.label),
                          std::string_view(row.subject));
    });
}

std::int64_t entries_seen(store::Database& reader) {
    const auto size = reader.query_integer("select size from main.log_state");
    return size ? size->value_or(0) : 0;
}

// Keys that several threads work through.
struct Batch {
    std::vector<CheckKey> keys;
    std::vector<CheckResult> results;
    std::int64_t entries = 0;  // that every reader must see
    std::atomic<std::size_t> next = 0;
};

}  // namespace

struct Evaluation::Impl {
    Surroundings around;
    EvaluationOptions options;
    Runner runner;
    std::map<CheckKey, CheckResult> results;

    // Keys that differ only in an item that the check does not look at share one result.
    CheckKey normal(const CheckKey& key) const {
        const auto check = around.library.checks.find(key.check);
        if (check != around.library.checks.end() && !check->second.uses_item) return {key.check, ""};
        return key;
    }
    void work(Runner& on, Batch& batch) const;
    void help(Batch& batch) const;
    Result<std::vector<std::pair<std::string, RowTerms>>> terms(const CheckKey& wanted,
                                                                const std::optional<std::string>& subject);
    Result<std::set<std::string>> offending_subjects(const CheckResult& result, Day day);
    Result<std::vector<Row>> full_rows(const CheckKey& key,
                                       const std::function<bool(const RowTerms&)>& wanted);
};

Evaluation::Evaluation(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Evaluation::Evaluation(Evaluation&&) noexcept = default;
Evaluation::~Evaluation() = default;

Result<Evaluation> Evaluation::open(store::Database& reader, const Library& library,
                                    const registers::Schema& schema, const EvaluationOptions& options) {
    FunctionInputs inputs = TRY(read_inputs(reader, library, schema, options.today));
    Runner runner = TRY(Runner::start(reader, inputs));
    reader.set_time_limit(options.time_limit);
    Surroundings around{library, schema, TRY(Exceptions::read(reader, schema, inputs)), {}, {}};
    around.scopes = TRY(read_scopes(reader, library, schema, inputs));
    if (const auto lists = library.checks.find(mirror_check); lists != library.checks.end()) {
        // When it fails nothing is known to be fresh, and its own result says why.
        if (auto mirrors = Mirrors::read(reader, lists->second, options.today))
            around.mirrors = std::move(*mirrors);
    }
    return Evaluation(std::make_unique<Impl>(Impl{std::move(around), options, std::move(runner), {}}));
}

const CheckResult& Evaluation::run(const CheckKey& wanted) {
    const CheckKey key = impl_->normal(wanted);
    const auto found = impl_->results.find(key);
    if (found != impl_->results.end()) return found->second;
    return impl_->results.emplace(key, impl_->runner.run(impl_->around, key)).first->second;
}

void Evaluation::Impl::work(Runner& on, Batch& batch) const {
    for (std::size_t i = batch.next++; i < batch.keys.size(); i = batch.next++) {
        batch.results[i] = on.run(around, batch.keys[i]);
    }
}

// On another connection; whatever goes wrong with it, the first one does all the work.
void Evaluation::Impl::help(Batch& batch) const {
    auto reader = options.open_reader();
    if (!reader || entries_seen(*reader) != batch.entries) return;
    reader->set_time_limit(options.time_limit);
    auto helper = Runner::start(*reader, runner.inputs());
    if (helper) work(*helper, batch);
}

void Evaluation::run_all(const std::vector<CheckKey>& wanted) {
    std::set<CheckKey> missing;
    for (const auto& key : wanted) {
        if (const auto normal = impl_->normal(key); !impl_->results.contains(normal)) missing.insert(normal);
    }
    Batch batch{{missing.begin(), missing.end()},
                std::vector<CheckResult>(missing.size()),
                entries_seen(impl_->runner.reader())};
    {
        std::vector<std::jthread> helpers;
        const auto useful = std::min<std::size_t>(impl_->options.readers, batch.keys.size());
        for (std::size_t i = 1; impl_->options.open_reader && i < useful; ++i) {
            helpers.emplace_back([&] { impl_->help(batch); });
        }
        impl_->work(impl_->runner, batch);
    }
    for (auto& result : batch.results) impl_->results.emplace(result.key, std::move(result));
}

Result<std::vector<Row>> Evaluation::Impl::full_rows(const CheckKey& key,
                                                     const std::function<bool(const RowTerms&)>& wanted) {
    std::vector<Row> rows;
    const auto& check = around.library.checks.find(key.check)->second;
    TRY(runner.each(around, key, {full_sql(check), std::nullopt},
                    [&](const store::Row& row, const auto& names, const RowTerms& terms) -> Result<void> {
                        if (wanted(terms)) rows.push_back(full_row(row, names, terms));
                        return {};
                    }));
    return rows;
}

Result<std::vector<Row>> Evaluation::rows(const CheckKey& wanted) {
    const CheckResult& result = run(wanted);
    if (result.error) return std::unexpected(*result.error);
    auto rows = TRY(impl_->full_rows(result.key, [](const RowTerms&) { return true; }));
    sort_rows(rows, result.check->grace, today());
    return rows;
}

Result<std::set<std::string>> Evaluation::Impl::offending_subjects(const CheckResult& result, Day day) {
    std::set<std::string> subjects;
    const Check& check = *result.check;
    const auto names = TRY(runner.columns(check));
    TRY(runner.each(around, result.key, {lite_sql(check, names, true), std::nullopt},
                    [&](const store::Row& row, const auto&, const RowTerms& terms) -> Result<void> {
                        if (offends(state_on(terms, check.grace, day))) subjects.emplace(row.text(0));
                        return {};
                    }));
    return subjects;
}

Result<std::vector<Row>> Evaluation::offenders(const CheckKey& wanted, Day day, std::size_t limit) {
    const CheckResult& result = run(wanted);
    if (result.error) return std::unexpected(*result.error);
    const Counts counts = result.counts_on(day);
    const auto bad = counts.missing + counts.expired + counts.unknown;
    if (bad == 0) return std::vector<Row>{};
    const Check& check = *result.check;
    const bool tolerated = counts.misses > 0 && counts.misses * 100 <= check.tolerance * counts.total();
    const auto wanted_row = [&](const RowTerms& terms) {
        const RowState state = state_on(terms, check.grace, day);
        return offends(state) && !(tolerated && terms.miss && state != RowState::unknown);
    };
    std::vector<Row> rows;
    if (static_cast<std::size_t>(bad) > few_offenders || counts.total() < 2000) {
        rows = TRY(impl_->full_rows(result.key, wanted_row));
    } else {
        const Runner::Visit take = [&](const store::Row& row, const auto& names,
                                       const RowTerms& terms) -> Result<void> {
            if (wanted_row(terms)) rows.push_back(full_row(row, names, terms));
            return {};
        };
        for (const auto& subject : TRY(impl_->offending_subjects(result, day))) {
            TRY(impl_->runner.each(impl_->around, result.key, {one_subject(full_sql(check)), subject}, take));
        }
    }
    sort_rows(rows, check.grace, day);
    if (rows.size() > limit) rows.resize(limit);
    return rows;
}

Result<std::vector<std::pair<std::string, RowTerms>>> Evaluation::Impl::terms(
    const CheckKey& wanted, const std::optional<std::string>& subject) {
    const CheckKey key = normal(wanted);
    const auto found = around.library.checks.find(key.check);
    if (found == around.library.checks.end()) return std::unexpected(*Runner::frame(around, key).error);
    const Check& check = found->second;
    const std::string sql = lite_sql(check, TRY(runner.columns(check)), true);
    std::vector<std::pair<std::string, RowTerms>> out;
    TRY(runner.each(around, key, {subject ? one_subject(sql) : sql, subject},
                    [&](const store::Row& row, const auto&, const RowTerms& terms) -> Result<void> {
                        if (const auto ahead = from_today_on(terms, check, options.today)) {
                            out.emplace_back(row.text(0), *ahead);
                        }
                        return {};
                    }));
    return out;
}

Result<std::vector<std::pair<std::string, RowTerms>>> Evaluation::terms(const CheckKey& key) {
    return impl_->terms(key, std::nullopt);
}

Result<std::vector<std::pair<std::string, RowTerms>>> Evaluation::terms_of(const CheckKey& key,
                                                                           const std::string& subject) {
    return impl_->terms(key, subject);
}

CheckKey Evaluation::normal(const CheckKey& key) const { return impl_->normal(key); }

CheckResult Evaluation::without_rows(const CheckKey& key) const {
    return Runner::frame(impl_->around, impl_->normal(key));
}

void Evaluation::adopt(CheckResult result) {
    const CheckKey key = impl_->normal(result.key);
    impl_->results.insert_or_assign(key, std::move(result));
}

std::optional<std::pair<Day, Day>> Evaluation::declared_none(const std::string& topic) {
    const auto found = impl_->around.scopes.find(topic);
    return found == impl_->around.scopes.end() ? std::nullopt : found->second.declared_none;
}

std::vector<std::string> Evaluation::contradictions(const std::string& topic) {
    const auto found = impl_->around.scopes.find(topic);
    return found == impl_->around.scopes.end() ? std::vector<std::string>{} : found->second.contradictions;
}

Day Evaluation::today() const { return impl_->options.today; }
const Library& Evaluation::library() const { return impl_->around.library; }

std::int64_t Evaluation::setting(const std::string& name) const {
    const auto& settings = impl_->runner.inputs().settings;
    const auto found = settings.find(name);
    return found == settings.end() ? 0 : found->second;
}

}  // namespace maru::checks
