#include "checks/calendar.hpp"

#include <gtest/gtest.h>

namespace maru::checks {
namespace {

Holidays japan() {
    return Holidays::load(std::string(MARU_SOURCE_DIR) + "/catalog/calendars/jp.toml").value();
}

TEST(Calendar, WeekendsAndNationalHolidaysAreNoBusinessDays) {
    const Calendar calendar(japan(), {});
    EXPECT_FALSE(calendar.is_business_day(Day(2026, 11, 21)));  // Saturday
    EXPECT_FALSE(calendar.is_business_day(Day(2026, 11, 23)));  // 勤労感謝の日
    EXPECT_TRUE(calendar.is_business_day(Day(2026, 11, 24)));
}

TEST(Calendar, CountsBusinessDaysForwardsAndBackwards) {
    const Calendar calendar(japan(), {});
    EXPECT_EQ(calendar.plus_business_days(Day(2026, 11, 20), 1), Day(2026, 11, 24));
    EXPECT_EQ(calendar.plus_business_days(Day(2026, 11, 24), -1), Day(2026, 11, 20));
    EXPECT_EQ(calendar.plus_business_days(Day(2026, 11, 22), 1), Day(2026, 11, 24));
}

TEST(Calendar, NoneIsTheDayItselfOrTheNextBusinessDay) {
    const Calendar calendar(japan(), {});
    EXPECT_EQ(calendar.plus_business_days(Day(2026, 11, 24), 0), Day(2026, 11, 24));
    EXPECT_EQ(calendar.plus_business_days(Day(2026, 11, 21), 0), Day(2026, 11, 24));
}

// 2026-12-26 (Saturday) to 2027-01-03 (Sunday): nine days on which nobody works and nothing comes due.
TEST(Calendar, NineDayClosureCostsNoBusinessDay) {
    std::vector<Day> closure;
    for (Day day(2026, 12, 26); day <= Day(2027, 1, 3); day = day.plus_days(1)) closure.push_back(day);
    const Calendar calendar(japan(), closure);
    EXPECT_EQ(calendar.plus_business_days(Day(2026, 12, 25), 1), Day(2027, 1, 4));
    EXPECT_EQ(calendar.plus_business_days(Day(2026, 12, 25), 3), Day(2027, 1, 6));
    EXPECT_EQ(calendar.plus_business_days(Day(2027, 1, 4), -1), Day(2026, 12, 25));
    EXPECT_EQ(Calendar(japan(), {}).plus_business_days(Day(2026, 12, 25), 1), Day(2026, 12, 28));
}

TEST(Calendar, StaysWithinTheDaysThatThereAre) {
    const Calendar calendar(japan(), {});
    EXPECT_EQ(calendar.plus_business_days(forever(), 5), forever());
    EXPECT_EQ(calendar.plus_business_days(Day(9999, 12, 30), 5), forever());
    EXPECT_EQ(calendar.plus_business_days(Day(1, 1, 2), -50), Day(1, 1, 1));
}

}  // namespace
}  // namespace maru::checks
