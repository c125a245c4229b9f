#include "sheets/diff.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "checks/past_rows.hpp"
#include "diff/causes.hpp"
#include "diff/side.hpp"
#include "registers/organisation.hpp"

namespace maru::sheets {

using checks::CheckKey;
using checks::Row;
using checks::RowState;

namespace {

// Broken first, then mended, then the rest.
int rank(RowState before, RowState after) {
    const bool bad = checks::offends(before), now = checks::offends(after);
    if (now) return bad ? 2 : 0;
    return bad ? 1 : 3;
}

struct Pair {
    RowState before = RowState::absent, after = RowState::absent;
};
using Pairs = std::unordered_map<std::string, Pair>;

// The state of every row of a side; rows outside the population are left out.
Result<void> add_states(Pairs& pairs, Side& side, const CheckKey& key, const checks::Check& check,
                        RowState Pair::* which) {
    checks::Evaluation& judge = *TRY(side.evaluation());
    for (const auto& [subject, terms] : TRY(judge.terms(key)))
        pairs[subject].*which = checks::state_on(terms, check.grace, side.place().day);
    return {};
}

// Sentences of the rows that offend: that changes, too, when another thing is missing than before.
Result<void> add_reasons(std::map<std::string, std::string>& reasons, Side& side, const CheckKey& key,
                         const checks::Check& check) {
    const auto offending = [&](const checks::RowTerms& terms) {
        return checks::offends(checks::state_on(terms, check.grace, side.place().day));
    };
    return TRY(side.evaluation())->visit(key, offending, [&](const Row& row) -> Result<void> {
        reasons[row.subject] = checks::sentence(check, row, Language::ja);
        return {};
    });
}

class Comparison {
public:
    Comparison(const Timeline::Source& source, Side& before, Side& after, const DiffOptions& options)
        : source_(source), before_(before), after_(after), options_(options) {}

    // None when no row differs and the check could be run on both sides.
    Result<std::optional<CheckDiff>> of(const CheckKey& key) {
        const auto check = source_.library.checks.find(key.check);
        if (check == source_.library.checks.end()) return std::nullopt;
        CheckDiff out{.check = &check->second, .key = key};
        const auto& now = TRY(after_.evaluation())->run(key);
        const auto& then = TRY(before_.evaluation())->run(key);
        out.before = then.counts_on(before_.place().day);
        out.after = now.counts_on(after_.place().day);
        out.error_before = then.error;
        out.error_after = now.error;
        if (out.failed()) return out;
        const auto differing = TRY(differing_rows(key, out));
        if (out.total() == 0) return std::nullopt;
        for (const auto& [subject, pair] : differing) out.rows.push_back(TRY(row_of(key, subject, pair)));
        std::ranges::sort(out.rows, {}, [](const RowDiff& row) {
            return std::tuple(rank(row.before, row.after), row.label, row.subject);
        });
        return out;
    }

private:
    // Counted, and the first few of them.
    Result<std::vector<std::pair<std::string, Pair>>> differing_rows(const CheckKey& key, CheckDiff& counts) {
        Pairs pairs;
        TRY(add_states(pairs, before_, key, *counts.check, &Pair::before));
        TRY(add_states(pairs, after_, key, *counts.check, &Pair::after));
        const std::set<std::string> reworded = TRY(reworded_rows(key, *counts.check, pairs));
        std::vector<std::pair<std::string, Pair>> out;
        for (const auto& [subject, pair] : pairs) {
            if (pair.before == pair.after && !reworded.contains(subject)) continue;
            if (pair.before == RowState::absent)
                ++counts.came;
            else if (pair.after == RowState::absent)
                ++counts.went;
            else
                ++counts.changed;
            out.emplace_back(subject, pair);
        }
        const auto order = [](const auto& a, const auto& b) {
            return std::tuple(rank(a.second.before, a.second.after), a.first.size(), a.first) <
                   std::tuple(rank(b.second.before, b.second.after), b.first.size(), b.first);
        };
        const auto shown = std::min(out.size(), options_.rows_per_check);
        std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(shown), out.end(), order);
        out.resize(shown);
        return out;
    }

    Result<std::set<std::string>> reworded_rows(const CheckKey& key, const checks::Check& check,
                                                const Pairs& pairs) {
        const bool some = std::ranges::any_of(pairs, [](const auto& entry) {
            return checks::offends(entry.second.before) && entry.second.before == entry.second.after;
        });
        std::set<std::string> out;
        if (!some) return out;
        std::map<std::string, std::string> then, now;
        TRY(add_reasons(then, before_, key, check));
        TRY(add_reasons(now, after_, key, check));
        for (const auto& [subject, sentence] : now)
            if (const auto old = then.find(subject); old != then.end() && old->second != sentence)
                out.insert(subject);
        return out;
    }

    Result<RowDiff> row_of(const CheckKey& key, const std::string& subject, const Pair& pair) {
        RowDiff out{.subject = subject, .before = pair.before, .after = pair.after};
        if (pair.before != RowState::absent) TRY(tell(out, before_, key, out.reason_before));
        if (pair.after != RowState::absent) TRY(tell(out, after_, key, out.reason_after));
        return out;
    }

    Result<void> tell(RowDiff& out, Side& side, const CheckKey& key, Text& reason) {
        const auto row = TRY(TRY(side.evaluation())->row(key, out.subject));
        if (!row) return {};
        const checks::Check& check = source_.library.checks.at(key.check);
        out.label = row->label;
        out.owner = person_name(*TRY(side.reader()), row->owner);
        reason = {checks::sentence(check, *row, Language::ja), checks::sentence(check, *row, Language::en)};
        return {};
    }

    const Timeline::Source& source_;
    Side& before_;
    Side& after_;
    const DiffOptions& options_;
};

// What comparing the rows of a check costs, as a number of records to go through.
class Costs {
public:
    explicit Costs(store::Database& reader) : reader_(reader) {}

    Result<std::int64_t> of(const checks::Check& check) {
        const auto [found, fresh] = records_.try_emplace(check.subject, 0);
        if (fresh && !check.subject.empty())
            found->second =
                TRY(reader_.query_integer("select count(*) from main." + store::quoted(check.subject)))
                    .value_or(0);
        return of_any_check + found->second;
    }

private:
    static constexpr std::int64_t of_any_check = 500;
    store::Database& reader_;
    std::map<std::string, std::int64_t> records_;  // by register
};

// Each run of a check once, with the items that it counts for.
class Details {
public:
    Details(const checks::Library& library, Side& after, const DiffOptions& options)
        : library_(library), after_(after), options_(options) {}

    Result<void> choose(Diff& diff) {
        Costs costs(*TRY(after_.reader()));
        for (ItemDiff& item : diff.items)
            if (options_.detail == DiffOptions::Detail::changed || item.flipped())
                item.compared = TRY(take(*item.item, costs));
        return {};
    }
    const std::map<CheckKey, std::vector<const Item*>>& checks() const { return checks_; }

private:
    // False when that would be too many records.
    Result<bool> take(const Item& item, Costs& costs) {
        const std::set<CheckKey> keys = TRY(keys_of(item));
        std::int64_t records = records_;
        for (const CheckKey& key : keys)
            if (const auto check = library_.checks.find(key.check);
                check != library_.checks.end() && !checks_.contains(key))
                records += TRY(costs.of(check->second));
        if (records > options_.most_records) return false;
        records_ = records;
        for (const CheckKey& key : keys) checks_[key].push_back(&item);
        return true;
    }

    Result<std::set<CheckKey>> keys_of(const Item& item) {
        std::set<CheckKey> out;
        for (const Link& link : item.links)
            if (link.level != Level::extra)
                for (const CheckKey& key : link.checks) out.insert(TRY(after_.evaluation())->normal(key));
        return out;
    }

    const checks::Library& library_;
    Side& after_;
    const DiffOptions& options_;
    std::map<CheckKey, std::vector<const Item*>> checks_;
    std::int64_t records_ = 0;
};

Result<void> add_causes(const Timeline::Source& source, const DiffOptions& options, Diff& diff) {
    if (diff.checks.empty()) return {};
    auto past = TRY(checks::PastRows::open(source.folder, source.library, source.schema, diff.to.day,
                                           diff.from.entries, diff.to.entries));
    auto reader = TRY(registers::Organisation::open_reader(source.folder, source.schema));
    CauseReader causes(reader, past.entries(), source.schema, options);
    for (CheckDiff& check : diff.checks)
        for (RowDiff& row : check.rows)
            if (const auto index = TRY(past.cause(check.key, row.subject)))
                row.cause = TRY(causes.tell(*index));
    return {};
}

}  // namespace

Result<Diff> diff(const Timeline::Source& source, const Timeline* remembered, const Place& from,
                  const Place& to, const DiffOptions& options) {
    Side before(source, remembered, from);
    Side after(source, remembered, to);
    Diff out{.sheet = &source.sheet, .definitions = source.library.version, .from = from, .to = to};
    const auto then = TRY(before.verdicts(options.items));
    const auto now = TRY(after.verdicts(options.items));
    for (const Item* item : options.items) {
        const auto old = then.find(item);
        const Verdict was = old == then.end() ? Verdict{} : old->second;
        if (was != now.at(item)) out.items.push_back({item, was, now.at(item)});
    }
    Comparison comparison(source, before, after, options);
    Details details(source.library, after, options);
    TRY(details.choose(out));
    for (const auto& [key, items] : details.checks()) {
        auto check = TRY(comparison.of(key));
        if (!check) continue;
        check->items = items;
        out.checks.push_back(std::move(*check));
    }
    TRY(add_causes(source, options, out));
    return out;
}

}  // namespace maru::sheets
