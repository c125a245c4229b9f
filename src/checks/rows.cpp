#include "checks/rows.hpp"

#include "evaluation/terms_hash.hpp"

#include <algorithm>
#include <array>

namespace maru::checks {

namespace {

// Satisfied, due or expired by the date alone.
RowState by_date(Day valid_until, int grace, Day day) {
    if (valid_until >= day) return RowState::satisfied;
    if (day.number() - valid_until.number() <= grace) return RowState::due;
    return RowState::expired;
}

void add(Counts& counts, RowState state, std::int64_t rows) {
    switch (state) {
        case RowState::satisfied: counts.satisfied += rows; return;
        case RowState::due: counts.due += rows; return;
        case RowState::expired: counts.expired += rows; return;
        case RowState::missing: counts.missing += rows; return;
        case RowState::unknown: counts.unknown += rows; return;
        case RowState::exempt: counts.exempt += rows; return;
        case RowState::absent: return;
    }
}

bool is_missed(RowState state) { return state == RowState::missing || state == RowState::expired; }

}  // namespace

RowState state_on(const RowTerms& terms, int grace, Day day) {
    if (day < terms.starts_on || day > terms.ends_on) return RowState::absent;
    if (day < terms.known_from) return RowState::unknown;
    if (day >= terms.exempt_from && day <= terms.exempt_until) return RowState::exempt;
    if (terms.unknown) return RowState::unknown;
    if (!terms.valid_until) return RowState::missing;
    const RowState state = by_date(*terms.valid_until, grace, day);
    // An offender that is known stays one; only what would count needs a fresh list.
    if (state != RowState::expired && day > terms.mirror_until) return RowState::unknown;
    return state;
}

std::optional<RowTerms> from_today_on(RowTerms terms, int grace, Day today) {
    if (terms.ends_on < today || terms.ends_on < terms.starts_on) return std::nullopt;
    const Day past = first_day();
    if (terms.starts_on <= today) terms.starts_on = past;
    if (terms.valid_until && today.number() - terms.valid_until->number() > grace) terms.valid_until = past;
    if (terms.mirror_until < today) terms.mirror_until = past;
    if (terms.known_from <= today) terms.known_from = past;
    if (terms.exempt_until < today) {
        terms.exempt_from = forever();
        terms.exempt_until = past;
    }
    return terms;
}

bool offends(RowState state) {
    return state == RowState::missing || state == RowState::expired || state == RowState::unknown;
}

Counts Population::on(Day day, int grace, int tolerance) const {
    Counts counts;
    for (const auto& [terms, rows] : groups) {
        const RowState state = state_on(terms, grace, day);
        if (terms.miss && is_missed(state)) {
            counts.misses += rows;
        } else {
            add(counts, state, rows);
        }
    }
    const bool tolerated = counts.misses * 100 <= tolerance * (counts.total() + counts.misses);
    (tolerated ? counts.satisfied : counts.missing) += counts.misses;
    return counts;
}

std::size_t ScopedTermsHash::operator()(const ScopedTerms& scoped) const {
    std::size_t seed = TermsHash()(scoped.terms);
    TermsHash::mix(seed, static_cast<int>(scoped.scope.value_or(-1)));
    return seed;
}

std::array<Day, 8> turning_days(const RowTerms& terms, int grace) {
    const Day valid = terms.valid_until.value_or(forever());
    return {terms.starts_on,
            terms.ends_on.plus_days(1),
            valid.plus_days(1),
            valid.plus_days(grace + 1),
            terms.mirror_until.plus_days(1),
            terms.exempt_from,
            terms.exempt_until.plus_days(1),
            terms.known_from};
}

std::vector<Day> Population::change_days(Day from, int grace) const {
    std::vector<Day> days;
    for (const auto& [terms, rows] : groups) {
        for (const Day day : turning_days(terms, grace)) {
            if (day <= from || day >= forever()) continue;
            if (state_on(terms, grace, day) != state_on(terms, grace, day.plus_days(-1))) days.push_back(day);
        }
    }
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

}  // namespace maru::checks
