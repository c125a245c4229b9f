// What is remembered of past days is what judging each of them from scratch says, however the ledger grew and
// however often it was extended.
#include "sheets/timeline.hpp"

#include "lived.hpp"
#include "sheets/inputs.hpp"

namespace maru::sample {
namespace {

using sheets::Timeline;
using sheets::Verdict;

Timeline timeline_of(const Lived& lived) {
    return Timeline::open({lived.folder, lived.library(), lived.schema(), lived.sheet()}).value();
}

// What the day says of itself, from nothing but the records known at its end.
std::map<std::string, Verdict> from_scratch(const Lived& lived, Day day) {
    auto then = lived.reader_of(lived.known_at_end_of(day));
    auto evaluation = checks::Evaluation::open(then, lived.library(), lived.schema(), {.today = day}).value();
    std::map<std::string, Verdict> out;
    const auto items =
        sheets::judged_items(then, evaluation, lived.sheet(), sheets::Sheet::Rows::all).value();
    for (const auto& [item, input] : items) out[item->code] = sheets::verdict_on(input, day);
    return out;
}

std::string text(const Verdict& verdict) {
    return std::string(sheets::symbol(verdict.mark)) + " " + sheets::name_of(verdict.remark).en + " " +
           std::to_string(verdict.asked.good()) + "/" + std::to_string(verdict.asked.total()) + "+" +
           std::to_string(verdict.asked.exempt);
}

void expect_day(const Lived& lived, const Timeline& timeline, Day day) {
    for (const auto& [code, expected] : from_scratch(lived, day)) {
        const auto remembered = timeline.on(*lived.sheet().item(code), day);
        ASSERT_TRUE(remembered) << code << " on " << day.iso();
        EXPECT_EQ(*remembered, expected)
            << code << " on " << day.iso() << ": " << text(*remembered) << " instead of " << text(expected);
    }
}

void expect_same(const Timeline& a, const Timeline& b, Day until) {
    ASSERT_EQ(a.first_day(), b.first_day());
    for (const sheets::Item& item : Lived::sheet().items)
        for (Day day = *a.first_day(); day <= until; day = day.plus_days(1))
            ASSERT_EQ(a.on(item, day), b.on(item, day)) << item.code << " on " << day.iso();
}

TEST(RememberedDays, AreThoseOfJudgingEachDayFromScratch) {
    Lived lived;
    Day day = today;
    int changes = 0;
    for (int i = 0; i < 14; ++i) {  // busy days, then a quiet month and a half, then one more day
        day = i == 13 ? day.plus_days(50) : day.plus_days(1 + i % 2);
        lived.at(day, 8);
        for (int j = 0; j < 12; ++j) changes += lived.change() ? 1 : 0;
        if (i % 4 != 0) continue;
        lived.at(day, 20);  // the day was asked about before its last entry
        ASSERT_TRUE(timeline_of(lived).extend(day));
        lived.change();
    }
    EXPECT_GT(changes, 40);
    Timeline remembered = timeline_of(lived);
    ASSERT_TRUE(remembered.extend(day.plus_days(20)));
    std::set<Day> days;
    for (Day each = today; each < today.plus_days(22); each = each.plus_days(1)) days.insert(each);
    for (const sheets::Item& item : lived.sheet().items)
        for (const sheets::Change& change : remembered.changes(item))
            if (change.day <= day.plus_days(20) && days.size() < 50)
                days.insert({change.day.plus_days(-1), change.day});
    days.erase(days.begin(), days.lower_bound(today));
    for (const Day each : days) expect_day(lived, remembered, each);

    fs::remove(lived.folder / "derived.db");
    Timeline at_once = timeline_of(lived);
    ASSERT_TRUE(at_once.extend(day.plus_days(20)));
    expect_same(remembered, at_once, day.plus_days(20));
}

// What the tallies say, told day by day.
TEST(RememberedDays, TheSeriesCountsTheItemsOfEveryDay) {
    Lived lived;
    Day day = today;
    for (int i = 0; i < 6; ++i) {
        day = day.plus_days(1 + i % 3);
        lived.at(day, 8);
        for (int j = 0; j < 12; ++j) lived.change();
    }
    Timeline timeline = timeline_of(lived);
    ASSERT_TRUE(timeline.extend(day.plus_days(20)));
    for (const auto rows : {sheets::Sheet::Rows::published, sheets::Sheet::Rows::all}) {
        const auto series = timeline.series(today.plus_days(-10), day.plus_days(20), rows);
        ASSERT_GT(series.size(), 3U);
        EXPECT_EQ(series.front().day, *timeline.first_day());
        std::size_t at = 0;
        for (Day each = series.front().day; each <= day.plus_days(20); each = each.plus_days(1)) {
            sheets::Tally expected{each};
            for (const sheets::Item* item : lived.sheet().rows(rows))
                ++expected.items[static_cast<std::size_t>(timeline.on(*item, each)->mark)];
            const bool changes = at + 1 < series.size() && series[at + 1].day == each;
            if (changes) {
                EXPECT_NE(series[at].items, series[at + 1].items) << each.iso();
                ++at;
            }
            EXPECT_EQ(series[at].items, expected.items) << each.iso();
        }
        EXPECT_EQ(at + 1, series.size()) << "a day without change, or after the last";
        EXPECT_TRUE(timeline.series(day, day.plus_days(-1), rows).empty());
        EXPECT_TRUE(timeline.series(today.plus_days(-10), timeline.first_day()->plus_days(-1), rows).empty());
    }
}

}  // namespace
}  // namespace maru::sample
