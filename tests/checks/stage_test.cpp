// Evidence that begins or ends some day: stage() and `stages`.
#include <gmock/gmock.h>

#include "checks/cache.hpp"
#include "checks/lint.hpp"
#include "world.hpp"

namespace maru::checks {
namespace {

using ::testing::HasSubstr;

// Every vendor needs a contract that is in force.
class Stages : public World {
protected:
    void SetUp() override {
        add_check("contracts",
                  "select v.id as subject, v.name as label, null as owner, (select "
                  "max(coalesce(c.in_force_until, forever())) from contract c where c.vendor = v.id and "
                  "c.in_force_from <= stage()) as valid_until, 'r' as reason from vendor v",
                  "subject = \"vendor\"\nstages = \"select c.in_force_from from contract c\"");
        for (const int id : {1, 2})
            run("insert into vendor (id, version, from_index, code, name) values (" + std::to_string(id) +
                ", 1, 1, 'V" + std::to_string(id) + "', '取引先')");
    }
    void contract(int id, int vendor, const std::string& from, const std::string& until = "") {
        run("insert into contract (id, version, from_index, code, vendor, in_force_from, in_force_until) "
            "values (" +
            std::to_string(id) + ", 1, 1, 'C" + std::to_string(id) + "', " + std::to_string(vendor) + ", '" +
            from + "', nullif('" + until + "', ''))");
    }
    Counts counts(Day computed, Day on) { return evaluate(computed).run({"contracts", ""}).counts_on(on); }
};

TEST_F(Stages, WhatBeginsLaterCountsFromItsDay) {
    contract(10, 1, "2099-04-01");
    contract(11, 2, "2020-04-01");
    EXPECT_EQ(counts(today, today), (Counts{.satisfied = 1, .missing = 1}));
    EXPECT_EQ(counts(today, Day(2099, 3, 31)), (Counts{.satisfied = 1, .missing = 1}));
    EXPECT_EQ(counts(today, Day(2099, 4, 1)), (Counts{.satisfied = 2}));
    const auto days = evaluate(today).run({"contracts", ""}).change_days(today);
    EXPECT_EQ(days, std::vector{Day(2099, 4, 1)});
}

TEST_F(Stages, UntilThenTheStateBeforeCounts) {
    contract(10, 1, "2025-04-01", "2027-03-31");
    contract(11, 1, "2027-04-01", "2028-03-31");
    contract(12, 2, "2020-04-01", "2026-12-31");
    contract(13, 2, "2027-02-01");
    for (const auto& [on, good] : std::vector<std::pair<Day, int>>{{today, 2},
                                                                   {Day(2027, 1, 1), 1},
                                                                   {Day(2027, 2, 1), 2},
                                                                   {Day(2027, 4, 1), 2},
                                                                   {Day(2028, 4, 1), 1}}) {
        EXPECT_EQ(counts(today, on).good(), good) << on.iso();
        EXPECT_EQ(counts(today, on).total(), 2) << on.iso();
        EXPECT_EQ(counts(on, on), counts(today, on)) << "forward law on " << on.iso();
    }
}

TEST_F(Stages, ASubjectHasOneRowADay) {
    contract(10, 1, "2025-04-01");
    contract(11, 1, "2027-04-01");
    auto evaluation = evaluate(today);
    for (const Day on : {today, Day(2027, 4, 1)}) {
        int present = 0;
        for (const auto& row : evaluation.rows({"contracts", ""}).value())
            present += row.subject == "1" && state_on(row.terms, 0, on) != RowState::absent;
        EXPECT_EQ(present, 1) << on.iso();
    }
    ASSERT_EQ(evaluation.offenders({"contracts", ""}, today, 10).value().size(), 1U);
    EXPECT_EQ(evaluation.offenders({"contracts", ""}, today, 10).value()[0].subject, "2");
}

TEST_F(Stages, AChangedStageRunsTheCheckAgain) {
    contract(10, 1, "2025-04-01");
    RowCache cache(library, catalog_schema(), {{"contracts", ""}});
    auto first = evaluate(today);
    cache.fill(first);
    const std::vector<ChangedRecord> changes = {{"contract", 11}};
    const auto before = cache.touched(database, changes).value();
    contract(11, 2, "2027-04-01");
    auto after = evaluate(today);
    ASSERT_TRUE(cache.update(after, database, before, changes));
    auto full = evaluate(today);
    EXPECT_EQ(after.run({"contracts", ""}).population.groups, full.run({"contracts", ""}).population.groups);
}

TEST_F(Stages, StageAndStagesGoTogether) {
    const auto text = [](const std::string& lines, const std::string& condition) {
        return "title = { ja = \"題\", en = \"t\" }\nwhy = { ja = \"由\", en = \"w\" }\ntodo = { ja = "
               "\"直\", en "
               "= \"m\" }\nsubject = \"person\"\n" +
               lines + "sql = \"select p.id from person p where " + condition +
               "\"\n[reasons]\nr = { ja = \"r\", en = \"r\" }\n";
    };
    for (const auto& broken :
         {text("", "p.joined_on <= stage()"), text("stages = \"select 1\"\n", "1 = 1")}) {
        const auto check = parse_check(broken, "x.toml", With::definitions);
        ASSERT_FALSE(check);
        EXPECT_THAT(check.error().message.en, HasSubstr("stages"));
    }
}

TEST_F(Stages, WrongStagesAreALintProblemAndAnErrorOfTheCheck) {
    library.checks.at("contracts").stages = "select c.code from contract c";
    contract(10, 1, "2025-04-01");
    EXPECT_EQ(state("contracts", today), CheckState::error);
    library.checks.at("contracts").stages = "select c.in_force_from, c.in_force_until from contract c";
    std::string found;
    for (const auto& problem : lint(library, catalog_schema())) found += problem.message.en + "\n";
    EXPECT_THAT(found, HasSubstr("stages has one column"));
}

// A check that forgets: its example shows that a contract of the far future earns a row today.
TEST_F(Stages, AForgottenStageIsFound) {
    Check& check = library.checks.at("contracts");
    check.sql =
        "select v.id as subject, v.name as label, null as owner, (select max(coalesce(c.in_force_until, "
        "forever())) from contract c where c.vendor = v.id) as valid_until, 'r' as reason from vendor v";
    check.stages.clear();
    check.example = {today,
                     "",
                     {{"vendor", {{"v", {{"code", "V"}}}}},
                      {"contract", {{"c", {{"vendor", "v"}, {"in_force_from", "2020-04-01"}}}}}}};
    const auto problems = run_future(library, catalog_schema());
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(problems[0].message.en, HasSubstr("contract.c in_force_from"));
}

class BeforeTheStart : public World {
protected:
    void SetUp() override {
        run("insert into organisation (id, version, from_index, name, started_on) values (900, 1, 1, "
            "'株式会社テスト', "
            "'2026-04-01')");
    }
    const Day eve = Day(2026, 3, 31);
};

TEST_F(BeforeTheStart, NothingIsKnownWhateverTheRecordsSay) {
    add_check("people",
              "select p.id as subject, p.name as label, null as owner, forever() as valid_until, 'r' as "
              "reason from person p");
    add_check("nothing",
              "select p.id as subject, p.name as label, null as owner, forever() as valid_until, 'r' as "
              "reason from person p where p.id = 0",
              "subject = \"person\"\nwhen_empty = \"satisfied\"");
    person(1, "佐藤");
    auto evaluation = evaluate(eve);
    EXPECT_EQ(evaluation.run({"people", ""}).state_on(eve), CheckState::unknown);
    EXPECT_EQ(evaluation.run({"nothing", ""}).state_on(eve), CheckState::unknown);
    EXPECT_EQ(evaluation.run({"people", ""}).state_on(eve.plus_days(1)), CheckState::satisfied);
    EXPECT_EQ(evaluation.run({"nothing", ""}).state_on(eve.plus_days(1)), CheckState::no_occasion);
    EXPECT_EQ(evaluation.run({"people", ""}).change_days(eve), std::vector{eve.plus_days(1)});
    const auto rows = evaluation.rows({"people", ""}).value();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_THAT(sentence(library.checks.at("people"), rows[0], Language::ja),
                HasSubstr("2026-04-01 の運用開始より前"));
}

TEST_F(BeforeTheStart, AScopeStatementDoesNotSpeakOfIt) {
    library.scopes["office"] = {
        "office", {"拠点", "Offices"}, {"select z.id as subject, z.name as label from zone z"}};
    run("insert into scope_statement (id, version, from_index, topic, answer, approved_on, approved_by) "
        "values (5, 1, "
        "1, 'office', 'none', '2026-02-01', 1)");
    EXPECT_EQ(evaluate(eve).declared_none("office"),
              std::pair(eve.plus_days(1), Day(2026, 2, 1).plus_days(365)));
}

}  // namespace
}  // namespace maru::checks
