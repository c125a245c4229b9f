#include "sheets/verdict.hpp"

#include <algorithm>

namespace maru::sheets {

using checks::CheckState;
using checks::Counts;

namespace {

bool covers(const std::optional<Period>& period, Day day) {
    return period && period->first <= day && day <= period->second;
}

bool applies(CheckState state) { return state != CheckState::not_applicable; }
bool fulfilled(CheckState state) {
    return state == CheckState::satisfied || state == CheckState::no_occasion;
}

void add(Counts& sum, const Counts& more) {
    sum.satisfied += more.satisfied;
    sum.due += more.due;
    sum.expired += more.expired;
    sum.missing += more.missing;
    sum.unknown += more.unknown;
    sum.exempt += more.exempt;
    sum.misses += more.misses;
}

// Of two members of an any-of group: the satisfied one, else the one further along. Earlier members win ties.
bool better(const LinkOutcome& candidate, const LinkOutcome& best) {
    if (fulfilled(candidate.state) != fulfilled(best.state)) return fulfilled(candidate.state);
    const auto candidate_share = candidate.counts.good() * std::max<std::int64_t>(best.counts.total(), 1);
    const auto best_share = best.counts.good() * std::max<std::int64_t>(candidate.counts.total(), 1);
    return candidate_share > best_share;
}

struct LinkSum {
    Counts counts;
    bool any_applies = false;
    bool all_fulfilled = true;
    bool some_satisfied = false;
    bool error = false;

    void take(const LinkOutcome& outcome) {
        if (!applies(outcome.state)) return;
        any_applies = true;
        all_fulfilled = all_fulfilled && fulfilled(outcome.state);
        some_satisfied = some_satisfied || outcome.state == CheckState::satisfied;
        error = error || outcome.state == CheckState::error;
        add(counts, outcome.counts);
    }
};

Mark mark_when_fulfilled(const Counts& counts, std::int64_t exempt_percent) {
    if (counts.good() > 0)
        return counts.exempt * 100 > exempt_percent * counts.total() ? Mark::partial : Mark::full;
    return counts.exempt > 0 ? Mark::partial : Mark::not_applicable;
}

Mark mark_of(const LinkSum& asked, std::int64_t exempt_percent) {
    if (!asked.any_applies) return Mark::not_applicable;
    if (asked.error) return Mark::unknown;
    if (asked.all_fulfilled) return mark_when_fulfilled(asked.counts, exempt_percent);
    if (asked.counts.good() > 0 || asked.some_satisfied) return Mark::partial;
    return asked.counts.missing + asked.counts.expired > 0 ? Mark::none : Mark::unknown;
}

std::vector<Day> change_days(const ItemInput& input, Day from) {
    std::vector<Day> days;
    const auto add_period = [&](const std::optional<Period>& period) {
        if (!period) return;
        days.push_back(period->first);
        days.push_back(period->second.plus_days(1));
    };
    add_period(input.excluded);
    for (const LinkInput& link : input.links) {
        if (link.link->level == Level::extra) continue;
        add_period(link.declared_none);
        for (const auto* member : link.members) {
            const std::vector<Day> more = member->change_days(from);
            days.insert(days.end(), more.begin(), more.end());
        }
    }
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

}  // namespace

std::string_view symbol(Mark mark) {
    switch (mark) {
        case Mark::full: return "○";
        case Mark::partial: return "△";
        case Mark::none: return "×";
        case Mark::unknown: return "?";
        case Mark::not_applicable: return "－";
    }
    return "?";
}

Text name_of(Mark mark) {
    switch (mark) {
        case Mark::full: return {"実施", "done"};
        case Mark::partial: return {"一部実施", "partly"};
        case Mark::none: return {"未実施", "not done"};
        case Mark::unknown: return {"未確認", "unknown"};
        case Mark::not_applicable: return {"該当なし", "not applicable"};
    }
    return {};
}

Text name_of(checks::CheckState state) {
    using checks::CheckState;
    switch (state) {
        case CheckState::satisfied: return {"充足", "satisfied"};
        case CheckState::broken: return {"不足", "broken"};
        case CheckState::not_applicable: return {"該当なし", "not applicable"};
        case CheckState::no_occasion: return {"該当する事象なし", "no occasion"};
        case CheckState::unknown: return {"未確認", "unknown"};
        case CheckState::error: return {"点検エラー", "error"};
    }
    return {};
}

Text name_of(RemarkMark mark) {
    switch (mark) {
        case RemarkMark::earned: return {"裏付けあり", "earned"};
        case RemarkMark::not_earned: return {"裏付け不足", "not earned"};
        case RemarkMark::nothing_claimed: return {"－", "-"};
    }
    return {};
}

LinkOutcome outcome_on(const LinkInput& input, Day day) {
    if (covers(input.declared_none, day)) return {CheckState::not_applicable, {}, nullptr};
    std::optional<LinkOutcome> best;
    for (const auto* member : input.members) {
        const LinkOutcome candidate{member->state_on(day), member->counts_on(day), member};
        if (!applies(candidate.state)) continue;
        if (!best || better(candidate, *best)) best = candidate;
    }
    if (best) return *best;
    return {CheckState::not_applicable, {}, input.members.empty() ? nullptr : input.members.front()};
}

Verdict verdict_on(const ItemInput& input, Day day) {
    LinkSum asked;
    LinkSum claimed;
    bool claims = false;
    for (const LinkInput& link : input.links) {
        if (link.link->level == Level::extra) continue;
        const LinkOutcome outcome = outcome_on(link, day);
        if (link.link->level == Level::asked)
            asked.take(outcome);
        else
            claimed.take(outcome);
        claims = claims || link.link->level == Level::claimed;
    }
    Verdict verdict;
    verdict.asked = asked.counts;
    verdict.mark = covers(input.excluded, day) ? Mark::not_applicable : mark_of(asked, input.exempt_percent);
    if (claims) verdict.remark = claimed.all_fulfilled ? RemarkMark::earned : RemarkMark::not_earned;
    return verdict;
}

Flips flips_after(const ItemInput& input, Day day, Day horizon) {
    Flips flips;
    const Verdict now = verdict_on(input, day);
    for (const Day next : change_days(input, day)) {
        if (next <= day) continue;
        if (next > horizon) break;
        const Verdict then = verdict_on(input, next);
        if (!flips.numbers && then != now) flips.numbers = Flip{next, then};
        if (!flips.mark && then.mark != now.mark) flips.mark = Flip{next, then};
        if (!flips.remark && then.remark != now.remark) flips.remark = Flip{next, then};
        if (flips.mark && (flips.remark || now.remark == RemarkMark::nothing_claimed)) break;
    }
    return flips;
}

std::vector<Flip> course_after(const ItemInput& input, Day day, Day horizon) {
    std::vector<Flip> course;
    Verdict last = verdict_on(input, day);
    for (const Day next : change_days(input, day)) {
        if (next <= day) continue;
        if (next > horizon) break;
        const Verdict then = verdict_on(input, next);
        if (then == last) continue;
        course.push_back({next, then});
        last = then;
    }
    return course;
}

}  // namespace maru::sheets
