// Walks every item of the sheet: each asked check takes the ○ away when one record is changed, each claimed
// check the remark's mark, an any-of group when all its members break, an extra check nothing; each names the
// record and its owner, and gives the mark back when the record is mended.
#include <algorithm>

#include "breaking_change.hpp"

namespace maru::sample {
namespace {

using checks::CheckKey;
using checks::CheckState;
using registers::WriteContext;
using sheets::ItemReport;
using sheets::Level;
using sheets::Mark;
using sheets::RemarkMark;

class Walk {
public:
    Walk(SampleOrganisation& sample, const sheets::Item& item, const sheets::Link& link)
        : sample_(sample), item_(item), link_(link) {}

    Result<void> run(WriteContext& context) {
        const ItemReport before = TRY(sample_.judge(context.database, item_));
        std::vector<RecordChange> applied;
        for (const CheckKey& key : link_.checks) {
            const auto change = TRY(find(context, key, before));
            if (!change) {
                ADD_FAILURE() << where(key) << ": no change of one record breaks it";
                return {};
            }
            applied.push_back(*change);
            TRY(applied.back().apply(context));
        }
        expect_taken(before, TRY(sample_.judge(context.database, item_)), applied);
        std::ranges::reverse(applied);
        for (RecordChange& change : applied) TRY(change.mend(context));
        expect_given_back(before, TRY(sample_.judge(context.database, item_)), applied);
        return {};
    }

private:
    std::string where(const CheckKey& key) const {
        return "item " + std::to_string(item_.number) + " " + key.check;
    }

    // For an extra check the change must leave the item alone; for others any change that breaks the check
    // will do.
    Result<std::optional<RecordChange>> find(WriteContext& context, const CheckKey& key,
                                             const ItemReport& before) {
        const checks::Check& check = sample_.library.checks.at(key.check);
        return find_breaking(context, sample_, check, [&](store::Database& database) -> Result<bool> {
            const CheckState state = TRY(sample_.state_of(database, key));
            if (state != CheckState::broken && state != CheckState::unknown) return false;
            if (link_.level != Level::extra) return true;
            const ItemReport then = TRY(sample_.judge(database, item_));
            return then.verdict.mark == before.verdict.mark && then.verdict.remark == before.verdict.remark;
        });
    }

    void expect_taken(const ItemReport& before, const ItemReport& after,
                      const std::vector<RecordChange>& changes) const {
        const std::string text = where(link_.checks.front()) + " after " + changes.back().text();
        switch (link_.level) {
            case Level::asked: EXPECT_NE(after.verdict.mark, Mark::full) << text; break;
            case Level::claimed: EXPECT_EQ(after.verdict.remark, RemarkMark::not_earned) << text; break;
            case Level::extra:
                EXPECT_EQ(after.verdict.mark, before.verdict.mark) << text;
                EXPECT_EQ(after.verdict.remark, before.verdict.remark) << text;
                break;
        }
        expect_named(after, text);
    }

    void expect_named(const ItemReport& after, const std::string& text) const {
        const auto index = std::ranges::find(after.links, &link_, &sheets::LinkReport::link);
        ASSERT_NE(index, after.links.end());
        ASSERT_FALSE(index->offenders.empty()) << text << ": names no record";
        EXPECT_FALSE(index->offenders.front().label.empty()) << text;
        EXPECT_FALSE(index->offenders.front().owner.empty())
            << text << ": " << index->offenders.front().label << " has no owner";
        EXPECT_FALSE(index->offenders.front().reason.ja.empty()) << text;
        EXPECT_FALSE(index->offenders.front().reason.ja.contains('{'))
            << text << ": " << index->offenders.front().reason.ja;
    }

    void expect_given_back(const ItemReport& before, const ItemReport& after,
                           const std::vector<RecordChange>& changes) const {
        EXPECT_EQ(after.verdict, before.verdict)
            << where(link_.checks.front()) << " after mending " << changes.back().text();
    }

    SampleOrganisation& sample_;
    const sheets::Item& item_;
    const sheets::Link& link_;
};

void walk(int from, int to) {
    SampleOrganisation& sample = sample_organisation();
    for (const sheets::Item& item : sample.sheet.items) {
        if (item.number < from || item.number > to) continue;
        for (const sheets::Link& link : item.links) {
            const auto done =
                sample.try_out([&](WriteContext& context) { return Walk(sample, item, link).run(context); });
            EXPECT_TRUE(done) << "item " << item.number << ": " << done.error().message.en;
        }
    }
}

TEST(Walk, Items1To14) { walk(1, 14); }
TEST(Walk, Items15To23) { walk(15, 23); }
TEST(Walk, Items24To33) { walk(24, 33); }
TEST(Walk, Items34To43) { walk(34, 43); }
TEST(Walk, Items44To55) { walk(44, 55); }

}  // namespace
}  // namespace maru::sample
