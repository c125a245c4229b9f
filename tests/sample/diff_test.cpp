// Of an organisation with many records a diff compares the rows of as many items as it was allowed.
#include "sheets/diff.hpp"

#include "lived.hpp"

namespace maru::sample {
namespace {

sheets::Diff diff_of(const Lived& lived, std::int64_t most_records) {
    sheets::DiffOptions options{.items = lived.sheet().rows(sheets::Sheet::Rows::published),
                                .most_records = most_records};
    const Day later = today.plus_days(60);
    const std::int64_t entries = lived.known_at_end_of(later);
    return sheets::diff({lived.folder, lived.library(), lived.schema(), lived.sheet()}, nullptr,
                        {entries, today}, {entries, later}, options)
        .value();
}

TEST(LimitedDiff, ComparesRowsOfAsManyItemsAsItMay) {
    const Lived lived;
    const auto everything = diff_of(lived, std::numeric_limits<std::int64_t>::max());
    const auto some = diff_of(lived, 3000), none = diff_of(lived, 0);
    const auto compared = [](const sheets::Diff& diff) {
        return std::ranges::count_if(diff.items, &sheets::ItemDiff::compared);
    };
    const auto flipped = std::ranges::count_if(everything.items, &sheets::ItemDiff::flipped);
    EXPECT_EQ(compared(everything), flipped);
    EXPECT_EQ(compared(none), 0);
    EXPECT_TRUE(none.checks.empty());
    EXPECT_GT(compared(some), 0);
    EXPECT_LT(compared(some), flipped);
    for (const auto* diff : {&some, &none}) {
        ASSERT_EQ(diff->items.size(), everything.items.size());
        for (std::size_t i = 0; i < diff->items.size(); ++i) {
            EXPECT_EQ(diff->items[i].before, everything.items[i].before);
            EXPECT_EQ(diff->items[i].after, everything.items[i].after);
        }
    }
    for (const sheets::CheckDiff& check : some.checks) {
        const auto same = std::ranges::find(everything.checks, check.key, &sheets::CheckDiff::key);
        ASSERT_NE(same, everything.checks.end()) << check.key.check;
        EXPECT_EQ(std::tuple(check.came, check.went, check.changed),
                  std::tuple(same->came, same->went, same->changed));
    }
}

}  // namespace
}  // namespace maru::sample
