// Business days: Monday to Friday less national holidays and the company's own days.
#pragma once

#include <filesystem>
#include <vector>

#include "core/day.hpp"
#include "core/result.hpp"

namespace maru::checks {

struct Holidays {
    std::vector<Day> days;  // sorted
    static Result<Holidays> load(const std::filesystem::path& file);
};

class Calendar {
public:
    Calendar(const Holidays& national, std::vector<Day> company_days);
    bool is_business_day(Day day) const;
    // n > 0: the n-th business day after `day`; n < 0: before; n = 0: `day` itself when it is one, else the
    // next.
    Day plus_business_days(Day day, int n) const;

private:
    std::vector<Day> closed_;  // sorted, without weekends
};

}  // namespace maru::checks
