#include "checks/rows.hpp"

#include <gtest/gtest.h>

namespace maru::checks {
namespace {

const Day today(2026, 11, 23);

RowTerms until(Day day) {
    RowTerms terms;
    terms.valid_until = day;
    return terms;
}

TEST(RowState, SatisfiedThroughItsLastDayThenDueWithinGraceThenExpired) {
    EXPECT_EQ(state_on(until(today), 3, today), RowState::satisfied);
    EXPECT_EQ(state_on(until(today), 3, today.plus_days(3)), RowState::due);
    EXPECT_EQ(state_on(until(today), 3, today.plus_days(4)), RowState::expired);
    EXPECT_EQ(state_on(until(today), 0, today.plus_days(1)), RowState::expired);
}

TEST(RowState, NoDateIsMissing) { EXPECT_EQ(state_on({}, 30, today), RowState::missing); }

TEST(RowState, UnknownNeverCountsAsSatisfied) {
    RowTerms terms = until(forever());
    terms.unknown = true;
    EXPECT_EQ(state_on(terms, 0, today), RowState::unknown);
}

TEST(RowState, OutsideItsDaysItIsNotInThePopulation) {
    RowTerms terms = until(forever());
    terms.starts_on = today;
    terms.ends_on = today.plus_days(1);
    EXPECT_EQ(state_on(terms, 0, today.plus_days(-1)), RowState::absent);
    EXPECT_EQ(state_on(terms, 0, today), RowState::satisfied);
    EXPECT_EQ(state_on(terms, 0, today.plus_days(1)), RowState::satisfied);
    EXPECT_EQ(state_on(terms, 0, today.plus_days(2)), RowState::absent);
}

TEST(RowState, StaleListHidesWhatWouldCountAndKeepsKnownOffenders) {
    RowTerms terms = until(forever());
    terms.mirror_until = today;
    EXPECT_EQ(state_on(terms, 0, today), RowState::satisfied);
    EXPECT_EQ(state_on(terms, 0, today.plus_days(1)), RowState::unknown);
    terms.valid_until.reset();
    EXPECT_EQ(state_on(terms, 0, today.plus_days(1)), RowState::missing);
    terms.valid_until = today.plus_days(-1);
    EXPECT_EQ(state_on(terms, 0, today.plus_days(1)), RowState::expired);
}

TEST(RowState, ExceptionCoversOnlyItsDays) {
    RowTerms terms;
    terms.exempt_from = today;
    terms.exempt_until = today.plus_days(10);
    EXPECT_EQ(state_on(terms, 0, today.plus_days(-1)), RowState::missing);
    EXPECT_EQ(state_on(terms, 0, today), RowState::exempt);
    EXPECT_EQ(state_on(terms, 0, today.plus_days(10)), RowState::exempt);
    EXPECT_EQ(state_on(terms, 0, today.plus_days(11)), RowState::missing);
}

Population missed(std::int64_t misses, std::int64_t good) {
    RowTerms miss;
    miss.miss = true;
    return {today, {{until(forever()), good}, {miss, misses}}};
}

TEST(Tolerance, ExplainedMissesCountAsLongAsTheyAreFew) {
    const Counts few = missed(5, 95).on(today, 0, 5);
    EXPECT_EQ(few.satisfied, 100);
    EXPECT_EQ(few.misses, 5);
    const Counts many = missed(6, 94).on(today, 0, 5);
    EXPECT_EQ(many.satisfied, 94);
    EXPECT_EQ(many.missing, 6);
    EXPECT_EQ(many.total(), 100);
}

TEST(Tolerance, AMissWithoutExplanationIsMissing) {
    Population rows = missed(1, 98);
    rows.groups.emplace_back(RowTerms{}, 1);
    EXPECT_EQ(rows.on(today, 0, 5).missing, 1);
}

TEST(ChangeDays, AreTheDaysOnWhichSomeRowChanges) {
    RowTerms joins = until(today.plus_days(100));
    joins.starts_on = today.plus_days(7);
    const Population rows{today, {{until(today.plus_days(10)), 1}, {joins, 2}, {until(forever()), 3}}};
    const std::vector<Day> expected = {today.plus_days(7), today.plus_days(11), today.plus_days(14),
                                       today.plus_days(101), today.plus_days(104)};
    EXPECT_EQ(rows.change_days(today, 3), expected);
}

TEST(ChangeDays, AnExceptionThatEndsIsAChange) {
    RowTerms terms;
    terms.exempt_from = today.plus_days(-5);
    terms.exempt_until = today.plus_days(5);
    const Population rows{today, {{terms, 1}}};
    EXPECT_EQ(rows.change_days(today, 0), std::vector{today.plus_days(6)});
}

TEST(ChangeDays, BetweenThemNothingChanges) {
    RowTerms terms = until(today.plus_days(20));
    terms.mirror_until = today.plus_days(9);
    terms.ends_on = today.plus_days(40);
    const Population rows{today, {{terms, 4}, {until(today.plus_days(3)), 1}}};
    const auto days = rows.change_days(today, 5);
    for (int i = 1; i < 60; ++i) {
        const Day day = today.plus_days(i);
        const bool changes = std::find(days.begin(), days.end(), day) != days.end();
        EXPECT_EQ(rows.on(day, 5, 0) != rows.on(day.plus_days(-1), 5, 0), changes) << day.iso();
    }
}

}  // namespace
}  // namespace maru::checks
