// Items to which a check's item_key gives the same rows share a run; that must never show.
#include <memory>
#include <set>

#include "checks/evaluation.hpp"
#include "sample_organisation.hpp"

namespace maru::sample {
namespace {

using checks::CheckKey;
using checks::Evaluation;

// An evaluation on a reader of its own: item() belongs to the connection.
struct Evaluated {
    explicit Evaluated(const checks::Library& library)
        : reader(std::make_unique<store::Database>(
              registers::Organisation::open_reader(sample_organisation().folder, sample_organisation().schema)
                  .value())),
          evaluation(
              Evaluation::open(*reader, library, sample_organisation().schema, {.today = today}).value()) {}
    std::unique_ptr<store::Database> reader;
    Evaluation evaluation;
};

class SharedItems : public testing::Test {
protected:
    SharedItems() : alone_(sample_organisation().library) {
        for (auto& [name, check] : alone_.checks) {
            if (check.item_key.empty()) continue;
            for (int item = 1; item <= 55; ++item) keys_.push_back({name, "ipa-" + std::to_string(item)});
            check.item_key.clear();
        }
    }

    checks::Library alone_;  // the checks without item_key: every item runs
    std::vector<CheckKey> keys_;
};

TEST_F(SharedItems, HaveTheRowsOfTheirOwnRun) {
    Evaluated shared_items(sample_organisation().library);
    Evaluated alone_items(alone_);
    auto& shared = shared_items.evaluation;
    auto& alone = alone_items.evaluation;
    ASSERT_FALSE(keys_.empty());
    for (const CheckKey& key : keys_) {
        EXPECT_EQ(shared.run(key).population.groups, alone.run(key).population.groups)
            << key.check << " " << key.item;
        const auto one = shared.rows(key).value();
        const auto other = alone.rows(key).value();
        ASSERT_EQ(one.size(), other.size()) << key.check << " " << key.item;
        for (std::size_t i = 0; i < one.size(); ++i) EXPECT_EQ(one[i].columns, other[i].columns) << key.item;
    }
}

TEST_F(SharedItems, RunFewerTimesThanThereAreItems) {
    Evaluated shared(sample_organisation().library);
    std::set<CheckKey> runs;
    for (const CheckKey& key : keys_) runs.insert(shared.evaluation.normal(key));
    EXPECT_LT(runs.size(), keys_.size() / 3);
}

}  // namespace
}  // namespace maru::sample
