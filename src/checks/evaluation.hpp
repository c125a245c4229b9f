// Runs checks on a reader's snapshot for a day and keeps the answers.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "checks/check.hpp"
#include "checks/rows.hpp"
#include "store/database.hpp"

namespace maru::checks {

// A check with its parameter: (name, item code or "").
struct CheckKey {
    std::string check;
    std::string item;
    auto operator<=>(const CheckKey&) const = default;
};

struct CheckResult {
    CheckKey key;
    const Check* check = nullptr;
    Population population;
    std::optional<Error> error;  // the SQL failed: its items are ?
    // Scope statement that says there is nothing, if it holds (approved, uncontradicted): [from, until]
    std::optional<std::pair<Day, Day>> declared_none;
    std::vector<std::string> contradictions;  // labels of records that contradict a statement
    Day empty_mirror_until = forever();       // until when an empty population can be believed
    Day known_from{1, 1, 1};                  // before it nothing is known: the organisation's start
    std::shared_ptr<const Doubt> doubt;       // why an empty population is not believed today; or null
    // Subjects that offend on the population's day; none when they are many or were not looked for.
    std::optional<std::vector<std::string>> offending;

    Counts counts_on(Day day) const;
    CheckState state_on(Day day) const;
    std::vector<Day> change_days(Day from) const;
};

struct EvaluationOptions {
    Day today;
    std::chrono::milliseconds time_limit{10'000};  // per check
    // Opens one more reader of the same state; with it run_all works on `readers` connections, each on its
    // own thread. A reader that sees another state (more entries) or does not open is left out.
    std::function<Result<store::Database>()> open_reader;
    unsigned readers = 2;
};

class Evaluation {
public:
    // Defines the SQL functions on the reader and loads settings, calendar, mirrors, exceptions and scope
    // statements as of its state. The reader must see one state from here on (Organisation::open_reader) and
    // outlive the evaluation.
    static Result<Evaluation> open(store::Database& reader, const Library& library,
                                   const registers::Schema& schema, const EvaluationOptions& options);
    Evaluation(Evaluation&&) noexcept;
    ~Evaluation();

    const CheckResult& run(const CheckKey& key);  // cached
    void run_all(const std::vector<CheckKey>& keys);
    // Full rows, all of them or only the offenders of the day (at most `limit`): missing, expired or unknown,
    // and not tolerated. Ordered by state on the day, worst first (missing, expired, unknown, due, satisfied,
    // exempt, absent), then by label and subject.
    Result<std::vector<Row>> rows(const CheckKey& key);
    // The first of all rows as they stand on a day, which is not before today.
    Result<std::vector<Row>> first_rows(const CheckKey& key, Day day, std::size_t limit);
    Result<std::vector<Row>> offenders(const CheckKey& key, Day day, std::size_t limit);
    // One subject's full row as it counts today; none when the query gives none.
    Result<std::optional<Row>> row(const CheckKey& key, const std::string& subject);
    // Full rows whose terms are wanted, in the order of the query; the others are never built.
    using Wanted = std::function<bool(const RowTerms&)>;
    Result<void> visit(const CheckKey& key, const Wanted& wanted,
                       const std::function<Result<void>(const Row&)>& take);
    // Gives a row that is unknown on a day for another cause than its own that cause, and those who can mend
    // it.
    void explain(const Check& check, Row& row, Day day) const;
    // The key under which the result is kept: without an item where the check asks for none, and with the
    // first of the items to which the check's rows are the same.
    CheckKey normal(const CheckKey& key) const;
    // Subject and terms of every row, or of one subject's (what a change re-runs), as far as days from today
    // on can tell: rows that are out of the population for good are left out.
    Result<std::vector<std::pair<std::string, RowTerms>>> terms(const CheckKey& key);
    Result<std::vector<std::pair<std::string, RowTerms>>> terms_of(const CheckKey& key,
                                                                   const std::string& subject);
    // Days after today on which the check's rows may become others (Check::stages).
    Result<std::vector<Day>> later_stages(const CheckKey& key);
    // Everything of a result but its rows, and a result that was computed elsewhere (checks/cache.hpp).
    CheckResult without_rows(const CheckKey& key) const;
    void adopt(CheckResult result);
    // For those that keep rows while entries come and days pass (checks/walk.hpp): the terms of all rows or
    // of one subject's, and the result that so many rows of each terms give.
    using Groups = std::unordered_map<ScopedTerms, std::int64_t, ScopedTermsHash>;
    Result<std::vector<ScopedTerms>> scoped_terms(const CheckKey& key,
                                                  const std::optional<std::string>& subject);
    CheckResult result_of(const CheckKey& key, const Groups& groups) const;
    // Asks the reader for everything anew: it sees another state, or the day is another. What was answered is
    // forgotten.
    Result<void> refresh(Day today);
    bool has_exceptions(const std::string& check) const;

    // Whether the topic is declared none (for links with a scope): [from, until].
    std::optional<std::pair<Day, Day>> declared_none(const std::string& topic);
    std::vector<std::string> contradictions(const std::string& topic);
    Day today() const;
    Day known_from() const;  // before it nothing is known: the organisation's start
    // The last day of which the answers say what an evaluation of that day would say, as long as no entry
    // comes.
    Day holds_until() const;
    const Calendar& calendar() const;
    const Library& library() const;
    std::int64_t setting(const std::string& name) const;

private:
    struct Impl;
    explicit Evaluation(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// The reason sentence of a row in a language, placeholders filled.
std::string sentence(const Check& check, const Row& row, Language language);

}  // namespace maru::checks
