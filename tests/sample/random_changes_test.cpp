// All checks on the sample organisation, changed at random: rows kept between changes equal a full run, and
// rows of a day tell the rows of every later day (the forward law of design 3).
#include <unistd.h>

#include "checks/cache.hpp"
#include "checks/evaluation.hpp"
#include "checks/examples.hpp"
#include "sample_organisation.hpp"
#include "tests/checks/random_change.hpp"

namespace maru::sample {
namespace {

using checks::CheckKey;
using checks::Evaluation;

class RandomSample : public testing::Test {
protected:
    void SetUp() override {
        file_ =
            std::filesystem::temp_directory_path() / ("maru_random_" + std::to_string(::getpid()) + ".db");
        std::filesystem::remove(file_);
        auto original =
            store::Database::open(sample_organisation().folder / "maru.db", store::OpenMode::read_only);
        ASSERT_TRUE(original) << original.error().message.en;
        ASSERT_TRUE(original->execute("vacuum into '" + file_.string() + "'"));
        database_.emplace(store::Database::open(file_, store::OpenMode::read_write).value());
        ASSERT_TRUE(database_->execute("pragma synchronous = off"));
        for (const auto& [name, check] : library().checks) {
            if (!check.uses_item)
                keys_.push_back({name, ""});
            else
                for (const auto* item : {"ipa-08", "ipa-21", "ipa-47"}) keys_.push_back({name, item});
        }
    }
    void TearDown() override {
        database_.reset();
        for (const auto* ending : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + ending);
    }

    static const checks::Library& library() { return sample_organisation().library; }
    Evaluation evaluate(Day day) {
        return Evaluation::open(*database_, library(), sample_organisation().schema, {.today = day}).value();
    }

    std::filesystem::path file_;
    std::optional<store::Database> database_;
    std::vector<CheckKey> keys_;
};

TEST_F(RandomSample, ByRowIsTheSameAsAFullRun) {
    checks::RowCache cache(library(), sample_organisation().schema, keys_);
    auto first = evaluate(today);
    cache.fill(first);
    checks::RandomChange random(*database_, sample_organisation().schema);
    for (int i = 0; i < 12 && !HasFailure(); ++i) {
        std::vector<checks::ChangedRecord> changes;
        std::vector<std::pair<const registers::Register*, std::int64_t>> records;
        for (int j = 0; j < 5; ++j) {
            records.push_back(random.record());
            changes.push_back({records.back().first->name, records.back().second});
        }
        const auto before = cache.touched(*database_, changes);
        ASSERT_TRUE(before) << before.error().message.en;
        for (const auto& [of, id] : records) random.change(*of, id);
        auto after = evaluate(today);
        ASSERT_TRUE(cache.update(after, *database_, *before, changes));
        auto full = evaluate(today);
        for (const auto& key : keys_) {
            EXPECT_EQ(after.run(key).population.groups, full.run(key).population.groups)
                << key.check << " " << key.item << " in round " << i;
            EXPECT_EQ(after.run(key).state_on(today), full.run(key).state_on(today)) << key.check;
        }
    }
}

TEST_F(RandomSample, RowsOfADayTellEveryLaterDay) {
    checks::RandomChange random(*database_, sample_organisation().schema, 47);
    for (int round = 0; round < 4; ++round) {
        std::map<CheckKey, std::vector<checks::Row>> earlier;
        {
            auto now = evaluate(today);
            for (const auto& key : keys_) {
                auto rows = now.rows(key);
                if (rows) earlier[key] = std::move(*rows);
            }
        }
        for (const int ahead : {1, 45, 366}) {
            const Day day = today.plus_days(ahead);
            auto then = evaluate(day);
            for (const auto& [key, rows] : earlier) {
                const auto later = then.rows(key);
                ASSERT_TRUE(later) << key.check << ": " << later.error().message.en;
                EXPECT_EQ(checks::forward_difference(library().checks.at(key.check), rows, *later, day), "")
                    << key.check << " round " << round << " +" << ahead;
            }
        }
        for (int i = 0; i < 60; ++i) {
            const auto [of, id] = random.record();
            random.change(*of, id);
        }
    }
}

}  // namespace
}  // namespace maru::sample
