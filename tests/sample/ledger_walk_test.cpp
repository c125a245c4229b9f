// What a walk along the ledger answers at each step is what an evaluation there answers, for that day and the
// days after it; whichever rows it ran again.
#include "checks/walk.hpp"

#include "lived.hpp"

namespace maru::sample {
namespace {

std::vector<checks::CheckKey> all_keys() {
    std::vector<checks::CheckKey> keys;
    for (const auto& [name, check] : Lived::library().checks) {
        if (!check.uses_item)
            keys.push_back({name, ""});
        else
            for (const auto* item : {"ipa-08", "ipa-21", "ipa-47"}) keys.push_back({name, item});
    }
    return keys;
}

void expect_same(checks::Evaluation& walked, checks::Evaluation& fresh,
                 const std::vector<checks::CheckKey>& keys) {
    const Day today = fresh.today();
    for (const auto& key : keys) {
        const auto& found = walked.run(key);
        const auto& expected = fresh.run(key);
        const std::string where = key.check + " " + key.item + " on " + today.iso();
        ASSERT_EQ(found.error.has_value(), expected.error.has_value()) << where;
        for (const int ahead : {0, 1, 30, 45}) {
            const Day day = std::min(today.plus_days(ahead), fresh.holds_until());
            EXPECT_EQ(found.counts_on(day), expected.counts_on(day)) << where << " +" << ahead;
            EXPECT_EQ(found.state_on(day), expected.state_on(day)) << where << " +" << ahead;
        }
        EXPECT_EQ(found.population.groups, expected.population.groups) << where;
    }
    EXPECT_EQ(walked.holds_until(), fresh.holds_until());
}

// Days with entries, days on which only something comes to its end, and gaps.
void walk(std::int64_t rows_per_subject, std::int64_t always_by_subject) {
    Lived lived;
    Day day = today;
    std::vector<Day> days;
    for (int i = 0; i < 10; ++i) {
        day = day.plus_days(i == 6 ? 60 : 1 + i % 3);
        days.push_back(day);
        lived.at(day, 8);
        for (int j = 0; j < 8 && i != 4; ++j) lived.change();
    }
    const auto keys = all_keys();
    auto walk = checks::Walk::start(lived.folder, lived.library(), lived.schema(),
                                    {keys, rows_per_subject, always_by_subject})
                    .value();
    for (const Day each : days) {
        const std::int64_t known = lived.known_at_end_of(each);
        const auto step = walk.step(known, each);
        ASSERT_TRUE(step) << step.error().message.en;
        auto reader = lived.reader_of(known);
        auto fresh =
            checks::Evaluation::open(reader, lived.library(), lived.schema(), {.today = each}).value();
        expect_same(**step, fresh, keys);
    }
}

TEST(LedgerWalk, RunningTouchedSubjectsAgainIsAFullRun) { walk(1, 1'000'000); }
TEST(LedgerWalk, RunningTouchedChecksAgainIsAFullRun) { walk(1'000'000, 0); }

}  // namespace
}  // namespace maru::sample
