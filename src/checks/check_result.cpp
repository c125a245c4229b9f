// The answer of one check on a day.
#include <algorithm>

#include "checks/evaluation.hpp"

namespace maru::checks {

namespace {

CheckState state_when_empty(const CheckResult& result, Day day) {
    switch (result.check->when_empty) {
        case WhenEmpty::unknown: return CheckState::unknown;
        case WhenEmpty::satisfied:
            return day <= result.empty_mirror_until ? CheckState::no_occasion : CheckState::unknown;
        case WhenEmpty::declared: break;
    }
    const auto& declared = result.declared_none;
    const bool covered = declared && declared->first <= day && day <= declared->second;
    return covered ? CheckState::not_applicable : CheckState::unknown;
}

}  // namespace

Counts CheckResult::counts_on(Day day) const {
    return check ? population.on(day, check->grace, check->tolerance) : Counts{};
}

CheckState CheckResult::state_on(Day day) const {
    if (error || !check) return CheckState::error;
    if (day < known_from) return CheckState::unknown;
    const Counts counts = counts_on(day);
    if (counts.total() == 0) return state_when_empty(*this, day);
    if (counts.good() + counts.exempt == counts.total()) return CheckState::satisfied;
    if (counts.good() == 0 && counts.unknown + counts.exempt == counts.total()) return CheckState::unknown;
    return CheckState::broken;
}

std::vector<Day> CheckResult::change_days(Day from) const {
    if (error || !check) return {};
    std::vector<Day> days = population.change_days(from, check->grace);
    const auto add = [&](Day day) {
        if (day > from && day < forever() && state_on(day) != state_on(day.plus_days(-1)))
            days.push_back(day);
    };
    if (declared_none) {
        add(declared_none->first);
        if (declared_none->second < forever()) add(declared_none->second.plus_days(1));
    }
    if (empty_mirror_until < forever()) add(empty_mirror_until.plus_days(1));
    add(known_from);
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

std::string sentence(const Check& check, const Row& row, Language language) {
    if (row.doubt) return row.doubt->why.in(language);
    const auto reason = check.reasons.find(row.reason);
    if (reason == check.reasons.end()) return row.reason;
    return fill(reason->second.in(language),
                [&](std::string_view name, std::string_view as_written) -> std::string {
                    const auto column = std::ranges::find(
                        row.columns, name, [](const auto& pair) { return std::string_view(pair.first); });
                    return column == row.columns.end() ? std::string(as_written) : column->second;
                });
}

}  // namespace maru::checks
