#include "checks/calendar.hpp"

#include <algorithm>

namespace maru::checks {

namespace {

std::vector<Day> without_weekends(const std::vector<Day>& national, std::vector<Day> days) {
    days.insert(days.end(), national.begin(), national.end());
    std::erase_if(days, [](Day day) { return day.is_weekend(); });
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

}  // namespace

Calendar::Calendar(const Holidays& national, std::vector<Day> company_days)
    : closed_(without_weekends(national.days, std::move(company_days))) {}

bool Calendar::is_business_day(Day day) const {
    return !day.is_weekend() && !std::ranges::binary_search(closed_, day);
}

Day Calendar::plus_business_days(Day day, int n) const {
    if (day >= forever()) return forever();
    const int step = n < 0 ? -1 : 1;
    int left = n < 0 ? -n : n;
    if (left == 0) {
        if (is_business_day(day)) return day;
        left = 1;
    }
    while (left > 0) {
        if ((step > 0 && day >= forever()) || (step < 0 && day <= first_day())) return day;
        day = day.plus_days(step);
        if (is_business_day(day)) --left;
    }
    return day;
}

}  // namespace maru::checks
