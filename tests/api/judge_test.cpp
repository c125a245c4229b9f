// What is kept judged is what judging everything anew says, whatever changes and whichever day comes; readers
// of what is there need not wait.
#include "api/judge.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/sample/lived.hpp"

namespace maru::api {
namespace {

namespace fs = std::filesystem;

const Catalog& catalog() {
    static const auto loaded = Catalog::load(fs::path(MARU_SOURCE_DIR) / "catalog").value();
    return *loaded;
}

class Judging : public testing::Test {
protected:
    Judging() { lived.at(sample::today, 9); }

    std::shared_ptr<const sheets::JudgedSheet> anew() const {
        auto reader = registers::Organisation::open_reader(lived.folder, catalog().schema).value();
        auto evaluation = checks::Evaluation::open(reader, catalog().library, catalog().schema,
                                                   {.today = local_day(lived.now, japan_offset)})
                              .value();
        const auto entries = reader.query_integer("select size from main.log_state").value().value_or(0);
        return sheets::JudgedSheet::of(reader, evaluation, sheet, entries).value();
    }

    void expect_same(const sheets::JudgedSheet& kept) const {
        const auto full = anew();
        EXPECT_EQ(kept.entries(), full->entries());
        EXPECT_EQ(kept.day(), full->day());
        for (const sheets::Item& item : sheet.items) {
            EXPECT_EQ(kept.verdict(item, kept.day()), full->verdict(item, full->day())) << item.code;
            const Day later = kept.day().plus_days(90);
            EXPECT_EQ(kept.verdict(item, later), full->verdict(item, later)) << item.code;
        }
    }

    int told = 0;
    sample::Lived lived;
    const sheets::Sheet& sheet = *catalog().sheet("ipa-52").value();
    Readers readers{lived.folder, catalog().schema, {}};
    Judge judge{{&catalog(),
                 lived.folder,
                 {},
                 &readers,
                 [this] { return lived.now; },
                 [this](const auto&, const auto& items) { told += items.empty() ? 0 : 1; },
                 {std::chrono::minutes(1), std::chrono::minutes(1)}}};
};

TEST_F(Judging, AfterChangesSaysWhatJudgingAnewSays) {
    expect_same(**judge.now(sheet).value());
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < 8; ++i) lived.change();
        readers.committed();
        expect_same(**judge.now(sheet).value());
    }
    lived.at(sample::today.plus_days(1), 10);
    expect_same(**judge.now(sheet).value());
    EXPECT_GT(told, 0);
}

TEST_F(Judging, KeepsAStateAsLongAsNothingChanges) {
    const SharedJudged first = judge.now(sheet).value();
    readers.committed();  // a checkpoint, say
    EXPECT_EQ(judge.now(sheet).value(), first);
    Error failed;
    int made = 0;
    const auto make = [&]() -> Result<std::string> { return std::to_string(++made); };
    EXPECT_EQ(*first->text("a", make, failed), "1");
    EXPECT_EQ(*first->text("a", make, failed), "1");
    EXPECT_EQ(*first->text("b", make, failed), "2");
}

TEST_F(Judging, RemembersStatesAndForgetsThem) {
    const SharedJudged now = judge.now(sheet).value();
    const sheets::Place past{(*now)->entries() - 5, sample::today};
    const SharedJudged then = judge.at(sheet, past).value();
    EXPECT_EQ((*then)->entries(), past.entries);
    EXPECT_EQ(judge.at(sheet, past).value(), then);
    judge.forget();
    EXPECT_NE(judge.at(sheet, past).value(), then);
    EXPECT_NE(judge.now(sheet).value(), now);
}

TEST_F(Judging, AnswersManyAtOnce) {
    judge.now(sheet).value();
    std::vector<std::jthread> asking;
    std::atomic<int> answered = 0;
    for (int i = 0; i < 4; ++i)
        asking.emplace_back([&] {
            for (int n = 0; n < 50; ++n) answered += judge.now(sheet).has_value() ? 1 : 0;
        });
    for (int i = 0; i < 5; ++i) {
        lived.change();
        readers.committed();
    }
    asking.clear();
    EXPECT_EQ(answered, 200);
    const auto desk = judge.desk(**judge.now(sheet).value()).value();
    EXPECT_EQ(desk.entries(), (*judge.now(sheet).value())->entries());
}

TEST_F(Judging, JudgesPastDaysInTheBackground) {
    EXPECT_EQ(judge.timeline(sheet), nullptr);
    lived.at(sample::today.plus_days(2), 9);
    const auto past = judge.timeline_until(sheet, sample::today.plus_days(1)).value();
    EXPECT_EQ(past->first_day(), sample::today);
    EXPECT_EQ(judge.timeline(sheet), past);
}

}  // namespace
}  // namespace maru::api
