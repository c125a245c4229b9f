#include "sheets/forecast.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "sheets/inputs.hpp"
#include "sheets/tasks.hpp"

namespace maru::sheets {

using checks::Check;
using checks::CheckKey;
using checks::Row;
using checks::RowState;
using checks::RowTerms;

namespace {

// The first day after today, up to `until`, on which such a row does not hold, if it does not offend today
// already.
std::optional<Day> falls_on(const RowTerms& terms, int grace, Day today, Day until) {
    if (checks::offends(checks::state_on(terms, grace, today))) return std::nullopt;
    std::optional<Day> first;
    for (const Day day : checks::turning_days(terms, grace)) {
        if (day <= today || day > until || !checks::offends(checks::state_on(terms, grace, day))) continue;
        first = std::min(first.value_or(day), day);
    }
    return first;
}

struct Deadline {
    Day last_good, act_by;
};

Deadline deadline_of(const RowTerms& terms, Day on, const checks::Calendar& calendar, Day today) {
    const bool runs_out = terms.valid_until && *terms.valid_until < on;
    const Day last_good = std::max(today, runs_out ? *terms.valid_until : on.plus_days(-1));
    const Day act_by =
        calendar.is_business_day(last_good) ? last_good : calendar.plus_business_days(last_good, -1);
    return {last_good, std::max(today, act_by)};
}

class Collector {
public:
    Collector(store::Database& reader, checks::Evaluation& evaluation, Forecast& out,
              const ForecastOptions& options)
        : reader_(reader), evaluation_(evaluation), out_(out), options_(options) {}

    Result<void> run(const Sheet& sheet) {
        for (const auto& [key, items] : items_by_key(sheet)) TRY(collect(key, items));
        for (auto& [key, fall] : falls_) finish(fall);
        return {};
    }

private:
    // Keys that share a run are one.
    std::map<CheckKey, std::set<const Item*>> items_by_key(const Sheet& sheet) const {
        std::map<CheckKey, std::set<const Item*>> out;
        for (const Item* item : sheet.rows(options_.rows))
            for (const Link& link : item->links)
                if (link.level != Level::extra)
                    for (const CheckKey& key : link.checks) out[evaluation_.normal(key)].insert(item);
        return out;
    }

    Result<void> collect(const CheckKey& key, const std::set<const Item*>& items) {
        const checks::CheckResult& result = evaluation_.run(key);
        if (!result.check) return {};
        if (result.error) return note_failure(*result.check, *result.error);
        const Check& check = *result.check;
        count_open(result);
        const auto falls = [&](const RowTerms& terms) {
            return falls_on(terms, check.grace, out_.today, out_.until).has_value();
        };
        if (std::ranges::none_of(result.population.groups,
                                 [&](const auto& group) { return falls(group.first); }))
            return {};
        return evaluation_.visit(key, falls, [&](const Row& row) -> Result<void> {
            const Day on = *falls_on(row.terms, check.grace, out_.today, out_.until);
            Row told = row;
            evaluation_.explain(check, told, on);
            add(check, told, on, items);
            return {};
        });
    }

    // Once, whatever the number of its runs.
    Result<void> note_failure(const Check& check, const Error& error) {
        if (std::ranges::find(out_.failed, &check, &FailedCheck::check) == out_.failed.end())
            out_.failed.push_back({&check, error});
        return {};
    }

    void count_open(const checks::CheckResult& result) {
        const checks::Counts counts = result.counts_on(out_.today);
        out_.open_today += counts.missing + counts.expired + counts.unknown;
    }

    void add(const Check& check, const Row& row, Day on, const std::set<const Item*>& items) {
        const RowState state = checks::state_on(row.terms, check.grace, on);
        if (options_.owner && row.owner != options_.owner) return;
        auto& gathered = falls_[{on, row.owner, check.name, state}];
        gathered.items.insert(items.begin(), items.end());
        if (!gathered.subjects.insert(row.subject).second) return;
        Fall& fall = gathered.fall;
        const Deadline deadline = deadline_of(row.terms, on, *out_.calendar, out_.today);
        if (fall.count == 0) fall = {on, deadline.last_good, deadline.act_by, &check, row.owner, "", state};
        fall.deadline = std::min(fall.deadline, deadline.last_good);
        fall.act_by = std::min(fall.act_by, deadline.act_by);
        ++fall.count;
        if (row.doubt)
            add_list(fall, *row.doubt);
        else if (fall.rows.size() < options_.rows_per_fall)
            fall.rows.push_back(falling(check, row));
    }

    // The list that goes stale, once, in place of all the rows over it.
    static void add_list(Fall& fall, const checks::Doubt& doubt) {
        const bool known = std::ranges::find(fall.rows, doubt.list, &FallingRow::subject) != fall.rows.end();
        if (!known) fall.rows.push_back({doubt.list, doubt.list_label, doubt.why, doubt.todo});
    }

    static FallingRow falling(const Check& check, const Row& row) {
        return {row.subject,
                row.label,
                {checks::sentence(check, row, Language::ja), checks::sentence(check, row, Language::en)},
                {todo(check, row, Language::ja), todo(check, row, Language::en)}};
    }

    struct Gathered {
        Fall fall;
        std::set<const Item*> items;
        std::set<std::string> subjects;  // of a check with a parameter, the same row comes once per item
    };

    void finish(Gathered& gathered) {
        Fall& fall = gathered.fall;
        fall.owner_name = person_name(reader_, fall.owner);
        fall.items.assign(gathered.items.begin(), gathered.items.end());
        std::ranges::sort(fall.items, {}, &Item::number);
        for (const Item* item : fall.items) {
            const bool loses = std::ranges::any_of(out_.items, [&](const ItemFall& lost) {
                return lost.item == item && lost.on == fall.on && lost.before.mark == Mark::full;
            });
            if (loses) fall.losing.push_back(item);
        }
        std::ranges::sort(fall.rows, {},
                          [](const FallingRow& row) { return std::tie(row.label, row.subject); });
        out_.falls.push_back(std::move(fall));
    }

    store::Database& reader_;
    checks::Evaluation& evaluation_;
    Forecast& out_;
    const ForecastOptions& options_;
    std::map<std::tuple<Day, std::optional<std::int64_t>, std::string, RowState>, Gathered> falls_;
};

void add_item_falls(Forecast& out, const std::vector<JudgedItem>& items) {
    for (const auto& [item, input] : items) {
        Verdict before = verdict_on(input, out.today);
        if (before.mark == Mark::full) ++out.full_today;
        for (const Flip& flip : course_after(input, out.today, out.until)) {
            if (before.mark == Mark::full && flip.verdict.mark != Mark::full)
                out.items.push_back({flip.day, item, before, flip.verdict});
            before = flip.verdict;
        }
    }
    std::ranges::sort(out.items, {},
                      [](const ItemFall& fall) { return std::pair(fall.on, fall.item->number); });
}

}  // namespace

Result<Forecast> forecast(store::Database& reader, checks::Evaluation& evaluation, const Sheet& sheet,
                          Day until, const ForecastOptions& options) {
    Forecast out{.sheet = &sheet, .calendar = &evaluation.calendar()};
    out.organisation = TRY(organisation_name(reader));
    out.definitions = evaluation.library().version;
    out.today = evaluation.today();
    out.until = until;
    add_item_falls(out, TRY(judged_items(reader, evaluation, sheet, options.rows)));
    TRY(Collector(reader, evaluation, out, options).run(sheet));
    return out;
}

}  // namespace maru::sheets
