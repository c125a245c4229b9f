// The verdict is a pure function of populations and a day: what a mark means, and when it flips.
#include "sheets/verdict.hpp"

#include <gtest/gtest.h>

namespace maru::sheets {
namespace {

using checks::Check;
using checks::CheckResult;
using checks::RowTerms;
using checks::WhenEmpty;

const Day today(2026, 11, 23);

struct Fixture {
    std::vector<std::unique_ptr<Check>> checks;
    std::vector<std::unique_ptr<CheckResult>> results;
    std::vector<std::unique_ptr<Link>> links;

    CheckResult& result(WhenEmpty when_empty = WhenEmpty::unknown) {
        checks.push_back(std::make_unique<Check>());
        checks.back()->when_empty = when_empty;
        results.push_back(std::make_unique<CheckResult>());
        results.back()->check = checks.back().get();
        results.back()->population.computed_on = today;
        return *results.back();
    }

    LinkInput link(std::vector<const CheckResult*> members, Level level = Level::asked) {
        links.push_back(std::make_unique<Link>());
        links.back()->level = level;
        links.back()->checks.resize(members.size());
        return {links.back().get(), std::move(members), std::nullopt};
    }
};

RowTerms until(Day day) {
    RowTerms terms;
    terms.valid_until = day;
    return terms;
}
RowTerms missing() { return {}; }
RowTerms unknown() {
    RowTerms terms;
    terms.unknown = true;
    return terms;
}
RowTerms exempt() {
    RowTerms terms;
    terms.exempt_from = today;
    terms.exempt_until = today.plus_days(100);
    return terms;
}

void put(CheckResult& result, RowTerms terms, std::int64_t times = 1) {
    result.population.groups.emplace_back(terms, times);
}

Mark mark_of(std::vector<LinkInput> links) {
    return verdict_on({std::move(links), std::nullopt, 10}, today).mark;
}

TEST(Verdict, IsFullOnlyWhenEveryAskedCheckIsSatisfied) {
    Fixture f;
    auto& good = f.result();
    put(good, until(forever()), 3);
    auto& broken = f.result();
    put(broken, missing());
    EXPECT_EQ(mark_of({f.link({&good})}), Mark::full);
    EXPECT_EQ(mark_of({f.link({&good}), f.link({&broken})}), Mark::partial);
    EXPECT_EQ(mark_of({f.link({&broken})}), Mark::none);
}

TEST(Verdict, NothingKnownIsNeverSatisfied) {
    Fixture f;
    auto& nothing = f.result();
    put(nothing, unknown(), 2);
    auto& empty = f.result();
    EXPECT_EQ(mark_of({f.link({&nothing})}), Mark::unknown);
    EXPECT_EQ(mark_of({f.link({&empty})}), Mark::unknown);
}

TEST(Verdict, AFailedQueryIsUnknownEvenBesideSatisfiedChecks) {
    Fixture f;
    auto& good = f.result();
    put(good, until(forever()));
    auto& failed = f.result();
    failed.error = Error{ErrorKind::internal, {"x", "x"}};
    EXPECT_EQ(mark_of({f.link({&good}), f.link({&failed})}), Mark::unknown);
}

TEST(Verdict, ADutyThatNeverAroseEarnsNoCircle) {
    Fixture f;
    auto& no_event = f.result(WhenEmpty::satisfied);
    EXPECT_EQ(mark_of({f.link({&no_event})}), Mark::not_applicable);
    auto& good = f.result();
    put(good, until(forever()));
    EXPECT_EQ(mark_of({f.link({&no_event}), f.link({&good})}), Mark::full);
}

TEST(Verdict, DeclaredNoneIsNotApplicableWhileTheStatementHolds) {
    Fixture f;
    auto& rooms = f.result(WhenEmpty::declared);
    rooms.declared_none = Period{today.plus_days(-10), today.plus_days(20)};
    const ItemInput input{{f.link({&rooms})}, std::nullopt, 10};
    EXPECT_EQ(verdict_on(input, today).mark, Mark::not_applicable);
    EXPECT_EQ(verdict_on(input, today.plus_days(21)).mark, Mark::unknown);
    const Flips flips = flips_after(input, today, today.plus_days(400));
    ASSERT_TRUE(flips.mark);
    EXPECT_EQ(flips.mark->day, today.plus_days(21));
}

TEST(Verdict, OneMemberOfAnAnyOfGroupSuffices) {
    Fixture f;
    auto& blocked = f.result();
    put(blocked, missing(), 5);
    auto& watched = f.result();
    put(watched, until(today.plus_days(9)), 5);
    EXPECT_EQ(mark_of({f.link({&blocked, &watched})}), Mark::full);
    EXPECT_EQ(outcome_on(f.link({&blocked, &watched}), today).chosen, &watched);
    EXPECT_EQ(verdict_on({{f.link({&blocked, &watched})}, std::nullopt, 10}, today.plus_days(10)).mark,
              Mark::none);
}

TEST(Verdict, MoreThanTenPercentExemptRowsIsPartial) {
    Fixture f;
    auto& ten = f.result();
    put(ten, until(forever()), 9);
    put(ten, exempt(), 1);
    EXPECT_EQ(mark_of({f.link({&ten})}), Mark::full);
    auto& eleven = f.result();
    put(eleven, until(forever()), 8);
    put(eleven, exempt(), 1);
    EXPECT_EQ(mark_of({f.link({&eleven})}), Mark::partial);
    auto& all = f.result();
    put(all, exempt(), 4);
    EXPECT_EQ(mark_of({f.link({&all})}), Mark::partial);
}

TEST(Verdict, ExtraChecksTakeNothingAwayAndClaimedOnesOnlyTheRemark) {
    Fixture f;
    auto& good = f.result();
    put(good, until(forever()));
    auto& broken = f.result();
    put(broken, missing());
    const ItemInput extra{{f.link({&good}), f.link({&broken}, Level::extra)}, std::nullopt, 10};
    EXPECT_EQ(verdict_on(extra, today).mark, Mark::full);
    EXPECT_EQ(verdict_on(extra, today).remark, RemarkMark::nothing_claimed);
    const ItemInput claimed{{f.link({&good}), f.link({&broken}, Level::claimed)}, std::nullopt, 10};
    EXPECT_EQ(verdict_on(claimed, today).mark, Mark::full);
    EXPECT_EQ(verdict_on(claimed, today).remark, RemarkMark::not_earned);
}

TEST(Verdict, FlipsOnTheFirstDayAfterTheWeakestRowAndCountsGrace) {
    Fixture f;
    auto& rows = f.result();
    f.checks.back()->grace = 5;
    put(rows, until(today.plus_days(30)), 2);
    put(rows, until(today.plus_days(90)), 1);
    const ItemInput input{{f.link({&rows})}, std::nullopt, 10};
    const Flips flips = flips_after(input, today, today.plus_days(400));
    ASSERT_TRUE(flips.numbers && flips.mark);
    EXPECT_EQ(flips.numbers->day, today.plus_days(31));  // two rows become due
    EXPECT_EQ(flips.mark->day, today.plus_days(36));
    EXPECT_EQ(flips.mark->verdict.mark, Mark::partial);
    EXPECT_EQ(verdict_on(input, today.plus_days(35)).asked.due, 2);
}

TEST(Verdict, AnApprovedExclusionIsNotApplicableUntilItsEnd) {
    Fixture f;
    auto& broken = f.result();
    put(broken, missing());
    const ItemInput input{{f.link({&broken})}, Period{today, today.plus_days(3)}, 10};
    EXPECT_EQ(verdict_on(input, today).mark, Mark::not_applicable);
    EXPECT_EQ(verdict_on(input, today.plus_days(4)).mark, Mark::none);
}

}  // namespace
}  // namespace maru::sheets
