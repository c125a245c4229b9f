#include "checks/evaluation.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <limits>
#include <set>
#include <thread>

#include "evaluation/doubts.hpp"
#include "evaluation/names.hpp"
#include "evaluation/runner.hpp"

namespace maru::checks {

namespace {

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

// The record whose mirrored lists the row needs, if it says so by an id.
std::optional<std::int64_t> mirror_scope_of(const Row& row) {
    const auto column =
        std::ranges::find(row.columns, "mirror_scope", &std::pair<std::string, std::string>::first);
    if (column == row.columns.end()) return std::nullopt;
    const std::string& text = column->second;
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(id) : std::nullopt;
}

// The first rows in the order of Evaluation::rows, as many as are wanted; the others are never built.
class FirstRows {
public:
    FirstRows(const Check& check, Day day, std::size_t limit) : order_{check.grace, day}, limit_(limit) {}

    void offer(const store::Row& row, const std::vector<std::string>& names, const RowTerms& terms) {
        if (at_.subject < 0) at_ = term_columns(names);
        const bool full = !rows_.empty() && rows_.size() >= limit_;
        if (full &&
            order_.rank(terms, row.text(at_.label), row.text(at_.subject)) >= order_.rank(rows_.front()))
            return;
        rows_.push_back(full_row(row, names, terms));
        std::ranges::push_heap(rows_, order_);
        if (rows_.size() <= limit_) return;
        std::ranges::pop_heap(rows_, order_);
        rows_.pop_back();
    }

    std::vector<Row> take() {
        std::ranges::sort_heap(rows_, order_);
        return std::move(rows_);
    }

private:
    struct Order {
        int grace;
        Day day;

        using Rank = std::tuple<int, std::string_view, std::string_view>;
        Rank rank(const RowTerms& terms, std::string_view label, std::string_view subject) const {
            return {severity(state_on(terms, grace, day)), label, subject};
        }
        Rank rank(const Row& row) const { return rank(row.terms, row.label, row.subject); }
        bool operator()(const Row& a, const Row& b) const { return rank(a) < rank(b); }
    };

    Order order_;
    std::size_t limit_;
    TermColumns at_;
    std::vector<Row> rows_;  // a heap with the last one on top
};

std::int64_t entries_seen(store::Database& reader) {
    const auto size = reader.query_integer("select size from main.log_state");
    return size ? size->value_or(0) : 0;
}

Result<Surroundings> read_surroundings(store::Database& reader, const Library& library,
                                       const registers::Schema& schema, const FunctionInputs& inputs) {
    Surroundings out{library, schema, TRY(Exceptions::read(reader, schema, inputs)), {}, {}};
    out.today = inputs.today;
    out.known_from = inputs.organisation_start.value_or(first_day());
    out.scopes = TRY(read_scopes(reader, library, schema, inputs));
    if (const auto lists = library.checks.find(mirror_check); lists != library.checks.end()) {
        // When it fails nothing is known to be fresh, and its own result says why.
        if (auto mirrors = Mirrors::read(reader, lists->second, inputs.today))
            out.mirrors = std::move(*mirrors);
    }
    return out;
}

// Keys that several threads work through.
struct Batch {
    std::vector<CheckKey> keys;
    std::vector<CheckResult> results;
    std::int64_t entries = 0;  // that every reader must see
    FunctionInputs inputs;     // of every connection; the runners change their own
    std::atomic<std::size_t> next = 0;
};

}  // namespace

struct Evaluation::Impl {
    Surroundings around;
    EvaluationOptions options;
    Runner runner;
    std::map<CheckKey, CheckResult> results;

    std::map<CheckKey, CheckKey> shared;                                             // by key with an item
    std::map<std::pair<std::string, std::set<std::string>>, CheckKey> by_item_rows;  // the first key of each
    std::map<std::pair<CheckKey, std::size_t>, std::vector<Row>> offenders_today;    // by key and limit

    CheckKey normal(const CheckKey& key);
    CheckKey shared_key(const Check& check, const CheckKey& key);
    void work(Runner& on, Batch& batch) const;
    void help(Batch& batch) const;
    Result<std::vector<std::pair<std::string, RowTerms>>> terms(const CheckKey& wanted,
                                                                const std::optional<std::string>& subject);
    std::vector<Row> with_doubts(const Check& check, Day day, std::vector<Row> rows);
    using Wanted = std::function<bool(const RowTerms&)>;
    Result<std::vector<Row>> first_rows(const CheckResult& result, Day day, std::size_t limit,
                                        const Wanted& wanted);
    Result<std::vector<Row>> rows_of(const CheckResult& result, const std::vector<std::string>& subjects,
                                     Day day, std::size_t limit, const Wanted& wanted);
    Result<std::vector<Row>> offenders(const CheckResult& result, Day day, std::size_t limit);
};

CheckKey Evaluation::Impl::normal(const CheckKey& key) {
    const auto check = around.library.checks.find(key.check);
    if (check == around.library.checks.end()) return key;
    if (!check->second.uses_item) return {key.check, ""};
    const bool own_rows = check->second.item_key.empty() || around.exceptions.any(key.check);
    return own_rows ? key : shared_key(check->second, key);
}

// Without an answer from item_key the item keeps a run of its own.
CheckKey Evaluation::Impl::shared_key(const Check& check, const CheckKey& key) {
    if (const auto known = shared.find(key); known != shared.end()) return known->second;
    auto rows = runner.item_rows(check, key.item);
    const CheckKey one =
        rows ? by_item_rows.try_emplace({check.name, std::move(*rows)}, key).first->second : key;
    return shared.emplace(key, one).first->second;
}

Evaluation::Evaluation(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Evaluation::Evaluation(Evaluation&&) noexcept = default;
Evaluation::~Evaluation() = default;

Result<Evaluation> Evaluation::open(store::Database& reader, const Library& library,
                                    const registers::Schema& schema, const EvaluationOptions& options) {
    FunctionInputs inputs = TRY(read_inputs(reader, library, schema, options.today));
    Runner runner = TRY(Runner::start(reader, inputs));
    reader.set_time_limit(options.time_limit);
    Surroundings around = TRY(read_surroundings(reader, library, schema, inputs));
    return Evaluation(
        std::make_unique<Impl>(Impl{std::move(around), options, std::move(runner), {}, {}, {}, {}}));
}

Result<void> Evaluation::refresh(Day today) {
    Impl& self = *impl_;
    store::Database& reader = self.runner.reader();
    self.options.today = today;
    FunctionInputs inputs = TRY(read_inputs(reader, self.around.library, self.around.schema, today));
    self.runner.use(inputs);
    Surroundings around = TRY(read_surroundings(reader, self.around.library, self.around.schema, inputs));
    self.around.exceptions = std::move(around.exceptions);
    self.around.mirrors = std::move(around.mirrors);
    self.around.scopes = std::move(around.scopes);
    self.around.today = around.today;
    self.around.known_from = around.known_from;
    self.results.clear();
    self.shared.clear();
    self.by_item_rows.clear();
    self.offenders_today.clear();
    return {};
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
    auto helper = Runner::start(*reader, batch.inputs);
    if (helper) work(*helper, batch);
}

void Evaluation::run_all(const std::vector<CheckKey>& wanted) {
    std::set<CheckKey> missing;
    for (const auto& key : wanted) {
        if (const auto normal = impl_->normal(key); !impl_->results.contains(normal)) missing.insert(normal);
    }
    Batch batch{{missing.begin(), missing.end()},
                std::vector<CheckResult>(missing.size()),
                entries_seen(impl_->runner.reader()),
                impl_->runner.inputs()};
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

// Rows that are unknown for another cause than their own say so, and ask those who can mend it.
std::vector<Row> Evaluation::Impl::with_doubts(const Check& check, Day day, std::vector<Row> rows) {
    Doubts doubts(around, check, day);
    for (Row& row : rows) {
        row.doubt = doubts.of(row.terms, mirror_scope_of(row));
        if (row.doubt && row.doubt->list_owner) row.owner = row.doubt->list_owner;
        if (day < around.known_from) row.owner = std::nullopt;
        name_row(row, check, around.schema, runner.reader());
    }
    return rows;
}

Result<std::vector<Row>> Evaluation::Impl::first_rows(const CheckResult& result, Day day, std::size_t limit,
                                                      const Wanted& wanted) {
    FirstRows first(*result.check, day, limit);
    TRY(runner.each(around, result.key, {full_sql(*result.check), std::nullopt},
                    [&](const store::Row& row, const auto& names, const RowTerms& terms) -> Result<void> {
                        if (wanted(terms)) first.offer(row, names, terms);
                        return {};
                    }));
    return with_doubts(*result.check, day, first.take());
}

Result<std::vector<Row>> Evaluation::Impl::rows_of(const CheckResult& result,
                                                   const std::vector<std::string>& subjects, Day day,
                                                   std::size_t limit, const Wanted& wanted) {
    FirstRows first(*result.check, day, limit);
    const std::string sql = one_subject(full_sql(*result.check));
    for (const auto& subject : subjects) {
        TRY(runner.each(around, result.key, {sql, subject},
                        [&](const store::Row& row, const auto& names, const RowTerms& terms) -> Result<void> {
                            if (wanted(terms)) first.offer(row, names, terms);
                            return {};
                        }));
    }
    return with_doubts(*result.check, day, first.take());
}

Result<std::vector<Row>> Evaluation::rows(const CheckKey& wanted) {
    const CheckResult& result = run(wanted);
    if (result.error) return std::unexpected(*result.error);
    return impl_->first_rows(result, today(), std::numeric_limits<std::size_t>::max(),
                             [](const RowTerms&) { return true; });
}

Result<std::vector<Row>> Evaluation::first_rows(const CheckKey& wanted, Day day, std::size_t limit) {
    const CheckResult& result = run(wanted);
    if (result.error) return std::unexpected(*result.error);
    return impl_->first_rows(result, day, limit, [](const RowTerms&) { return true; });
}

Result<std::optional<Row>> Evaluation::row(const CheckKey& key, const std::string& subject) {
    const auto found = impl_->around.library.checks.find(key.check);
    if (found == impl_->around.library.checks.end())
        return std::unexpected(*Runner::frame(impl_->around, key).error);
    const Check& check = found->second;
    std::optional<Row> out;
    const auto visit = [&](const store::Row& row, const auto& names, const RowTerms& terms) -> Result<void> {
        if (!out || state_on(terms, check.grace, today()) != RowState::absent)
            out = full_row(row, names, terms);
        return {};
    };
    TRY(impl_->runner.each(impl_->around, key, {one_subject(full_sql(check)), subject}, visit));
    if (out) explain(check, *out, today());
    return out;
}

void Evaluation::explain(const Check& check, Row& row, Day day) const {
    std::vector<Row> one;
    one.push_back(std::move(row));
    row = std::move(impl_->with_doubts(check, day, std::move(one)).front());
}

Result<void> Evaluation::visit(const CheckKey& wanted_key, const Wanted& wanted,
                               const std::function<Result<void>(const Row&)>& take) {
    const CheckResult& result = run(wanted_key);
    if (result.error) return std::unexpected(*result.error);
    return impl_->runner.each(
        impl_->around, result.key, {full_sql(*result.check), std::nullopt},
        [&](const store::Row& row, const auto& names, const RowTerms& terms) -> Result<void> {
            return wanted(terms) ? take(full_row(row, names, terms)) : Result<void>{};
        });
}

Result<std::vector<Row>> Evaluation::Impl::offenders(const CheckResult& result, Day day, std::size_t limit) {
    const Counts counts = result.counts_on(day);
    if (limit == 0 || counts.missing + counts.expired + counts.unknown == 0) return std::vector<Row>{};
    const Check& check = *result.check;
    const bool tolerated = counts.misses > 0 && counts.misses * 100 <= check.tolerance * counts.total();
    const auto wanted = [&](const RowTerms& terms) {
        const RowState state = state_on(terms, check.grace, day);
        return offends(state) && !(tolerated && terms.miss && state != RowState::unknown);
    };
    // Only a record's id leads to its row; a text constant has to be looked for in all rows.
    const bool by_id = !check.subject.empty() && day == result.population.computed_on && result.offending;
    if (by_id) return rows_of(result, *result.offending, day, limit, wanted);
    return first_rows(result, day, limit, wanted);
}

Result<std::vector<Row>> Evaluation::offenders(const CheckKey& wanted, Day day, std::size_t limit) {
    const CheckResult& result = run(wanted);
    if (result.error) return std::unexpected(*result.error);
    if (day != today()) return impl_->offenders(result, day, limit);
    const auto known = impl_->offenders_today.find({result.key, limit});
    if (known != impl_->offenders_today.end()) return known->second;
    auto rows = TRY(impl_->offenders(result, day, limit));
    return impl_->offenders_today.emplace(std::pair(result.key, limit), std::move(rows)).first->second;
}

Result<std::vector<std::pair<std::string, RowTerms>>> Evaluation::Impl::terms(
    const CheckKey& wanted, const std::optional<std::string>& subject) {
    const CheckKey key = normal(wanted);
    const auto found = around.library.checks.find(key.check);
    if (found == around.library.checks.end()) return std::unexpected(*Runner::frame(around, key).error);
    const Check& check = found->second;
    const std::string sql = lite_sql(check, TRY(runner.columns(check)));
    std::vector<std::pair<std::string, RowTerms>> out;
    TRY(runner.each(around, key, {subject ? one_subject(sql) : sql, subject},
                    [&](const store::Row& row, const auto&, const RowTerms& terms) -> Result<void> {
                        if (const auto ahead = from_today_on(terms, check.grace, options.today)) {
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

Result<std::vector<Day>> Evaluation::later_stages(const CheckKey& key) {
    const auto check = library().checks.find(key.check);
    return check == library().checks.end() ? std::vector<Day>{} : impl_->runner.later_stages(check->second);
}

Result<std::vector<ScopedTerms>> Evaluation::scoped_terms(const CheckKey& wanted,
                                                          const std::optional<std::string>& subject) {
    Impl& self = *impl_;
    const CheckKey key = self.normal(wanted);
    const auto found = self.around.library.checks.find(key.check);
    if (found == self.around.library.checks.end())
        return std::unexpected(*Runner::frame(self.around, key).error);
    const std::string sql = lite_sql(found->second, TRY(self.runner.columns(found->second)));
    std::optional<int> scope;  // its column, once it was looked up
    if (found->second.mirrors.empty()) scope = -1;
    std::vector<ScopedTerms> out;
    const auto visit = [&](const store::Row& row, const auto& names, const RowTerms& terms) -> Result<void> {
        if (!scope) scope = term_columns(names).mirror_scope;
        const auto ahead = from_today_on(terms, found->second.grace, today());
        if (ahead) out.push_back({*ahead, *scope < 0 ? std::nullopt : row.maybe_integer(*scope)});
        return {};
    };
    TRY(self.runner.each(self.around, key, {subject ? one_subject(sql) : sql, subject, Lists::left_out},
                         visit));
    return out;
}

CheckResult Evaluation::result_of(const CheckKey& key, const Groups& groups) const {
    CheckResult out = without_rows(key);
    if (!out.check) return out;
    CheckMirrors mirrors(impl_->around.mirrors, *out.check);
    std::map<RowTerms, std::int64_t> counts;
    for (const auto& [scoped, rows] : groups) {
        RowTerms terms = scoped.terms;
        terms.mirror_until = mirrors.until(scoped.scope);
        if (const auto ahead = from_today_on(terms, out.check->grace, today())) counts[*ahead] += rows;
    }
    out.population = {today(), {counts.begin(), counts.end()}};
    return out;
}

bool Evaluation::has_exceptions(const std::string& check) const {
    return impl_->around.exceptions.any(check);
}

CheckKey Evaluation::normal(const CheckKey& key) const { return impl_->normal(key); }

CheckResult Evaluation::without_rows(const CheckKey& key) const {
    return Runner::frame(impl_->around, impl_->normal(key));
}

void Evaluation::adopt(CheckResult result) {
    const CheckKey key = impl_->normal(result.key);
    std::erase_if(impl_->offenders_today, [&](const auto& entry) { return entry.first.first == key; });
    impl_->results.insert_or_assign(key, std::move(result));
}

std::optional<std::pair<Day, Day>> Evaluation::declared_none(const std::string& topic) {
    const auto found = impl_->around.scopes.by_topic.find(topic);
    return found == impl_->around.scopes.by_topic.end() ? std::nullopt : found->second.declared_none;
}

std::vector<std::string> Evaluation::contradictions(const std::string& topic) {
    const auto found = impl_->around.scopes.by_topic.find(topic);
    return found == impl_->around.scopes.by_topic.end() ? std::vector<std::string>{}
                                                        : found->second.contradictions;
}

Day Evaluation::today() const { return impl_->options.today; }
Day Evaluation::known_from() const { return impl_->around.known_from; }
Day Evaluation::holds_until() const {
    const Surroundings& around = impl_->around;
    return std::min(
        {around.exceptions.same_until(today()), around.mirrors.same_until(), around.scopes.same_until});
}

const Calendar& Evaluation::calendar() const { return impl_->runner.inputs().calendar; }
const Library& Evaluation::library() const { return impl_->around.library; }

std::int64_t Evaluation::setting(const std::string& name) const {
    const auto& settings = impl_->runner.inputs().settings;
    const auto found = settings.find(name);
    return found == settings.end() ? 0 : found->second;
}

}  // namespace maru::checks
