#include "core/day.hpp"

#include <gtest/gtest.h>

namespace maru {
namespace {

using namespace std::chrono_literals;

std::string written(std::string_view text) {
    const Result<Day> day = parse_written_day(text);
    return day ? day->iso() : "refused";
}

TEST(WrittenDay, IsReadInEveryFormThatPeopleUse) {
    for (const char* text : {"2026-11-23", "2026/11/23", "2026.11.23", "2026年11月23日", "令和8年11月23日",
                             "R8.11.23", "r8/11/23", "R08-11-23", "令和8.11.23", "２０２６／１１／２３",
                             "２０２６年１１月２３日", "令和８年１１月２３日", "Ｒ８．１１．２３",
                             "　2026年 11月 23日 ", "令和 8年11月23日", "\u32ff8年11月23日"})
        EXPECT_EQ(written(text), "2026-11-23") << text;
}

TEST(WrittenDay, TakesOneDigitMonthsAndDays) {
    EXPECT_EQ(written("2026/1/5"), "2026-01-05");
    EXPECT_EQ(written("2026年1月5日"), "2026-01-05");
    EXPECT_EQ(written("R8.1.5"), "2026-01-05");
}

TEST(WrittenDay, KnowsTheErasAndTheirFirstYear) {
    EXPECT_EQ(written("令和元年5月1日"), "2019-05-01");
    EXPECT_EQ(written("令和1年5月1日"), "2019-05-01");
    EXPECT_EQ(written("平成31年4月30日"), "2019-04-30");
    EXPECT_EQ(written("平成元年1月8日"), "1989-01-08");
    EXPECT_EQ(written("H元.1.8"), "1989-01-08");
    EXPECT_EQ(written("昭和64年1月7日"), "1989-01-07");
    EXPECT_EQ(written("S63.12.31"), "1988-12-31");
    EXPECT_EQ(written("昭和元年12月25日"), "1926-12-25");
    EXPECT_EQ(written("大正15年12月24日"), "1926-12-24");
    EXPECT_EQ(written("T1.7.30"), "1912-07-30");
}

TEST(WrittenDay, RefusesDaysOutsideTheirEraAndSaysWhenItWas) {
    for (const char* text : {"平成32年1月1日", "平成31年5月1日", "H1.1.7", "昭和64年1月8日",
                             "昭和元年12月24日", "令和元年4月30日", "大正15年12月25日", "大正1年7月29日"})
        EXPECT_EQ(written(text), "refused") << text;
    const Result<Day> refused = parse_written_day("平成32年1月1日");
    EXPECT_NE(refused.error().message.ja.find("2019-04-30"), std::string::npos) << refused.error().message.ja;
    EXPECT_NE(refused.error().message.en.find("平成"), std::string::npos) << refused.error().message.en;
}

TEST(WrittenDay, RefusesDaysThatDoNotExist) {
    for (const char* text :
         {"2026-02-29", "2026/13/01", "2026-00-10", "2026年4月31日", "R8.2.30", "0000-01-01", "1900-02-29"})
        EXPECT_EQ(written(text), "refused") << text;
    EXPECT_EQ(written("2024-02-29"), "2024-02-29");
    EXPECT_EQ(written("2000-02-29"), "2000-02-29");
    EXPECT_NE(parse_written_day("2026-02-29").error().message.en.find("2026-02-29"), std::string::npos);
}

TEST(WrittenDay, RefusesWhatIsAmbiguousOrNoDay) {
    for (const char* text : {"", "昨日", "26/11/23", "11/23/2026", "2026-11/23", "20261123", "2026年11月23",
                             "2026-11-23x", "M45.7.29", "令和0年1月1日", "令和100年1月1日", "2026-11-023",
                             "2026-1 1-23", "R8", "45000", "-2026-11-23"})
        EXPECT_EQ(written(text), "refused") << text;
}

TEST(WrittenDay, SaysWhyThereIsNoSuchDay) {
    const auto why = [](const char* text) { return parse_written_day(text).error().message.en; };
    EXPECT_EQ(why("2026-02-30"), "\"2026-02-30\" does not exist: 2026-02 has the days 1 to 28");
    EXPECT_EQ(why("2024-02-30"), "\"2024-02-30\" does not exist: 2024-02 has the days 1 to 29");
    EXPECT_EQ(why("2026/13/1"), "\"2026/13/1\" does not exist: months go from 1 to 12");
    EXPECT_EQ(why("平成31年5月1日"),
              "\"平成31年5月1日\" lies outside the era 平成 (1989-01-08 to 2019-04-30); write "
              "2019-05-01 or 令和元年5月1日");
    EXPECT_NE(why("0000-01-01").find("1 to 9999"), std::string::npos);
}

TEST(WrittenDay, QuotesLongNonsenseShortened) {
    const Result<Day> refused = parse_written_day(std::string(100'000, 'x'));
    ASSERT_FALSE(refused);
    EXPECT_LT(refused.error().message.ja.size(), 400u);
}

TEST(IsoDay, IsExact) {
    EXPECT_EQ(parse_iso_day("2026-11-23")->number(), 20780);
    EXPECT_EQ(parse_iso_day("0001-01-01")->iso(), "0001-01-01");
    EXPECT_EQ(*parse_iso_day("9999-12-31"), forever());
    for (const char* text : {"2026-1-05", "2026/11/23", " 2026-11-23", "2026-11-23 ", "２０２６-11-23",
                             "2026-11-31", "", "12026-11-23"})
        EXPECT_FALSE(parse_iso_day(text)) << text;
}

TEST(DaySums, StopAtTheLastDayOfTheMonth) {
    EXPECT_EQ(Day(2026, 1, 31).plus_months(1).iso(), "2026-02-28");
    EXPECT_EQ(Day(2024, 1, 31).plus_months(1).iso(), "2024-02-29");
    EXPECT_EQ(Day(2026, 11, 23).plus_months(2).iso(), "2027-01-23");
    EXPECT_EQ(Day(2026, 3, 31).plus_months(-1).iso(), "2026-02-28");
    EXPECT_EQ(Day(2026, 1, 15).plus_months(-13).iso(), "2024-12-15");
    EXPECT_EQ(Day(2026, 2, 28).plus_days(1).iso(), "2026-03-01");
}

TEST(DaySums, StayInTheCalendar) {
    EXPECT_EQ(forever().plus_days(1), forever());
    EXPECT_EQ(forever().plus_months(1), forever());
    EXPECT_EQ(forever().end_of_month_next_year(), forever());
    EXPECT_EQ(Day(1, 1, 1).plus_days(-1).iso(), "0001-01-01");
    EXPECT_EQ(Day(1, 1, 31).plus_months(-1).iso(), "0001-01-01");
    EXPECT_EQ(Day(2026, 1, 1).plus_months(2'000'000'000), forever());
    EXPECT_EQ(Day(2026, 1, 1).plus_days(-2'000'000'000).iso(), "0001-01-01");
}

TEST(YearlyRule, EndsWithTheMonthOneYearLater) {
    EXPECT_EQ(Day(2026, 11, 23).end_of_month_next_year().iso(), "2027-11-30");
    EXPECT_EQ(Day(2027, 2, 1).end_of_month_next_year().iso(), "2028-02-29");
}

TEST(Weekend, IsSaturdayAndSunday) {
    EXPECT_FALSE(Day(2026, 11, 20).is_weekend());
    EXPECT_TRUE(Day(2026, 11, 21).is_weekend());
    EXPECT_TRUE(Day(2026, 11, 22).is_weekend());
    EXPECT_FALSE(Day(2026, 11, 23).is_weekend());
}

std::string utc(std::string_view text) {
    const Result<Instant> instant = parse_instant(text);
    return instant ? format_instant_milliseconds(*instant) : "refused";
}

TEST(InstantText, IsReadAsRfc3339) {
    EXPECT_EQ(utc("2026-11-23T09:15:00+09:00"), "2026-11-23T00:15:00.000Z");
    EXPECT_EQ(utc("2026-11-23T00:15:00Z"), "2026-11-23T00:15:00.000Z");
    EXPECT_EQ(utc("2026-11-23t00:15:00.1234567z"), "2026-11-23T00:15:00.123Z");
    EXPECT_EQ(utc("2026-11-23 00:15:00.5Z"), "2026-11-23T00:15:00.500Z");
    EXPECT_EQ(utc("2026-11-22T20:45:00-03:30"), "2026-11-23T00:15:00.000Z");
    EXPECT_EQ(utc("1969-12-31T23:59:59.999Z"), "1969-12-31T23:59:59.999Z");
}

TEST(InstantText, RefusesLocalTimesAndImpossibleOnes) {
    for (const char* text :
         {"", "2026-11-23", "2026-11-23T09:15:00", "2026-11-23T24:00:00Z", "2026-11-23T09:60:00Z",
          "2026-11-23T09:15Z", "2026-11-23T09:15:60Z", "2026-02-30T00:00:00Z", "2026-11-23T09:15:00.Z",
          "2026-11-23T09:15:00+0900", "2026-11-23T09:15:00Zx", "0001-01-01T00:00:00+09:00",
          "9999-12-31T23:59:59-00:01"})
        EXPECT_EQ(utc(text), "refused") << text;
}

TEST(InstantText, IsWrittenInSeconds) {
    EXPECT_EQ(format_instant(*parse_instant("2026-11-23T00:15:00.999Z")), "2026-11-23T00:15:00Z");
    EXPECT_EQ(format_instant(*parse_instant("1969-12-31T23:59:59.999Z")), "1969-12-31T23:59:59Z");
}

TEST(LocalDay, ChangesAtMidnightOfTheOrganisation) {
    EXPECT_EQ(local_day(*parse_instant("2026-11-22T14:59:59Z"), 9h).iso(), "2026-11-22");
    EXPECT_EQ(local_day(*parse_instant("2026-11-22T15:00:00Z"), 9h).iso(), "2026-11-23");
    EXPECT_EQ(local_day(*parse_instant("1969-12-31T23:00:00Z"), 0h).iso(), "1969-12-31");
}

}  // namespace
}  // namespace maru
