// Relative dates of sample files: what they become on a fixed day, and what is left alone.
#include <gtest/gtest.h>

#include <ostream>

#include "sample/sample.hpp"

namespace maru::sample {
namespace {

struct Case {
    const char* written;
    const char* expanded;
};

// In the name of the test.
void PrintTo(const Case& each, std::ostream* out) { *out << each.written << " becomes " << each.expanded; }

class RelativeDates : public testing::TestWithParam<Case> {};

TEST_P(RelativeDates, AreExpanded) {
    const checks::Calendar calendar({{Day(2026, 11, 3), Day(2026, 11, 23)}}, {Day(2026, 11, 20)});
    EXPECT_EQ(expand_dates(GetParam().written, Day(2026, 11, 25), calendar, 4), GetParam().expanded);
}

INSTANTIATE_TEST_SUITE_P(
    OnWednesday20261125, RelativeDates,
    testing::Values(
        Case{"today", "2026-11-25"}, Case{"today-30d", "2026-10-26"}, Case{"today+6m", "2027-05-25"},
        Case{"today-9m", "2026-02-25"}, Case{"fiscal_year", "2026-04-01"},
        Case{"fiscal_year-1d", "2026-03-31"}, Case{"month", "2026-11-01"}, Case{"month+1m", "2026-12-01"},
        // Business days: Monday was a holiday, Friday a day off of the company.
        Case{"business-1", "2026-11-24"}, Case{"business-2", "2026-11-19"}, Case{"business+1", "2026-11-26"},
        Case{"today-1dT10:00:00+09:00", "2026-11-24T10:00:00+09:00"},
        Case{"E001 / today-1d", "E001 / 2026-11-24"}, Case{"today / today", "2026-11-25 / 2026-11-25"}));

INSTANTIATE_TEST_SUITE_P(OtherTexts, RelativeDates,
                         testing::Values(Case{"", ""}, Case{"本日", "本日"},
                                         Case{"today's list", "today's list"}, Case{"monthly", "monthly"},
                                         Case{"business", "business"}, Case{"business-3d", "business-3d"},
                                         Case{"today-30", "today-30"}, Case{"today--5d", "today--5d"},
                                         Case{"today-d", "today-d"},
                                         Case{"today-99999999999d", "today-99999999999d"},
                                         Case{"see today", "see today"}, Case{"2026-11-25", "2026-11-25"}));

TEST(RelativeDates, StartTheFiscalYearOfTheMonthsBeforeItInTheYearBefore) {
    const checks::Calendar calendar({}, {});
    EXPECT_EQ(expand_dates("fiscal_year", Day(2026, 3, 31), calendar, 4), "2025-04-01");
    EXPECT_EQ(expand_dates("fiscal_year", Day(2026, 4, 1), calendar, 4), "2026-04-01");
    EXPECT_EQ(expand_dates("fiscal_year", Day(2026, 11, 25), calendar, 1), "2026-01-01");
    EXPECT_EQ(expand_dates("fiscal_year", Day(2026, 11, 25), calendar, 12), "2025-12-01");
}

TEST(RelativeDates, StayInTheCalendar) {
    const checks::Calendar calendar({}, {});
    EXPECT_EQ(expand_dates("today+2000000000d", Day(2026, 11, 25), calendar, 4), "9999-12-31");
    EXPECT_EQ(expand_dates("month-1d", Day(2024, 3, 15), calendar, 4), "2024-02-29");
}

}  // namespace
}  // namespace maru::sample
