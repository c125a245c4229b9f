#include "checks/cache.hpp"

#include "checks/paths.hpp"
#include "random_change.hpp"
#include "world.hpp"

namespace maru::checks {
namespace {

// All catalog checks over the records of their examples, changed at random.
class RandomChanges : public World {
protected:
    void SetUp() override {
        auto loaded = Library::load(catalog_folder(), catalog_schema(), With::examples);
        ASSERT_TRUE(loaded) << loaded.error().message.en;
        library = std::move(*loaded);
        std::int64_t next = 1;
        for (const auto& [name, check] : library.checks) {
            keys.push_back({name, check.uses_item ? check.example.item : ""});
            auto savepoint = store::Savepoint::begin(database).value();
            const auto ids = insert_records(database, catalog_schema(), check.example.records, next);
            next += 1000;
            if (ids)
                ASSERT_TRUE(
                    savepoint.release());  // another example may hold the same natural key: then without it
        }
    }

    void expect_full(Evaluation& incremental, const std::vector<CheckKey>& of, const std::string& what) {
        auto full = evaluate(today);
        for (const auto& key : of) {
            const auto& expected = full.run(key);
            const auto& found = incremental.run(key);
            EXPECT_EQ(found.error.has_value(), expected.error.has_value()) << key.check << " after " << what;
            if (!expected.error)
                EXPECT_EQ(found.population.groups, expected.population.groups)
                    << key.check << " after " << what;
            EXPECT_EQ(found.state_on(today), expected.state_on(today)) << key.check << " after " << what;
        }
    }

    std::vector<CheckKey> readers_of(const std::string& register_name) const {
        std::vector<CheckKey> out;
        for (const auto& key : keys) {
            const auto& check = library.checks.at(key.check);
            if (!check.mirrors.empty() || paths_to_subject(check, catalog_schema()).contains(register_name))
                out.push_back(key);
        }
        return out;
    }

    std::vector<CheckKey> keys;
};

TEST_F(RandomChanges, ByRowIsTheSameAsAFullRun) {
    RowCache cache(library, catalog_schema(), keys);
    {
        auto first = evaluate(today);
        cache.fill(first);
        expect_full(first, keys, "filling");
    }
    RandomChange random(database, catalog_schema());
    for (int i = 0; i < 60 && !HasFailure(); ++i) {
        const auto [of, id] = random.record();
        const std::vector<ChangedRecord> changes = {{of->name, id}};
        const auto before = cache.touched(database, changes);
        ASSERT_TRUE(before) << before.error().message.en;
        if (!random.change(*of, id)) continue;
        auto after = evaluate(today);
        const auto done = cache.update(after, database, *before, changes);
        ASSERT_TRUE(done) << done.error().message.en;
        expect_full(after, i % 25 == 24 ? keys : readers_of(of->name),
                    "change " + std::to_string(i) + " of " + of->name);
    }
}

TEST_F(RandomChanges, AnotherDayRunsEverythingAgain) {
    RowCache cache(library, catalog_schema(), keys);
    auto first = evaluate(today);
    cache.fill(first);
    auto later = evaluate(today.plus_days(40));
    ASSERT_TRUE(cache.update(later, database, {}, {}));
    auto full = evaluate(today.plus_days(40));
    for (const auto& key : keys)
        EXPECT_EQ(later.run(key).population.groups, full.run(key).population.groups) << key.check;
}

TEST_F(World, OnlyTouchedSubjectsAreRunAgain) {
    add_check("people",
              "select p.id as subject, p.name as label, p.manager as owner, (select max(t.done_on) from "
              "training t where t.person = p.id) "
              "as valid_until, 'r' as reason from person p");
    for (int i = 1; i <= 3; ++i) person(i, "社員");
    run("insert into training (id, version, from_index, course, person, done_on) values (9, 1, 1, 7, 2, "
        "'2026-12-01')");
    RowCache cache(library, catalog_schema(), {{"people", ""}});
    auto first = evaluate(today);
    cache.fill(first);
    const std::vector<ChangedRecord> changes = {{"training", 9}};
    const auto touched = cache.touched(database, changes).value();
    EXPECT_TRUE(touched.whole.empty());
    EXPECT_EQ(touched.subjects.at({"people", ""}), std::set<std::string>{"2"});
    run("update training set person = 3 where id = 9");
    auto after = evaluate(today);
    ASSERT_TRUE(cache.update(after, database, touched, changes));
    auto full = evaluate(today);
    EXPECT_EQ(after.run({"people", ""}).population.groups, full.run({"people", ""}).population.groups);
    EXPECT_EQ(cache.touched(database, std::vector<ChangedRecord>{{"setting_value", 1}}).value().whole.size(),
              1U);
    EXPECT_TRUE(cache.touched(database, std::vector<ChangedRecord>{{"service", 1}}).value().subjects.empty());
}

}  // namespace
}  // namespace maru::checks
