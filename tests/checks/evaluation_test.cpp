#include "checks/evaluation.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>

#include "world.hpp"

namespace maru::checks {
namespace {

const std::string joined_until =
    "select p.id as subject, p.name as label, p.manager as owner, p.left_on as valid_until, 'r' as reason "
    "from person p";

TEST_F(World, EveryRowIsCountedByItsState) {
    add_check("people", joined_until, "subject = \"person\"\ngrace = 5");
    person(1, "佐藤", ", left_on", ", '2026-12-31'");
    person(2, "鈴木", ", left_on", ", '2026-11-20'");
    person(3, "高橋", ", left_on", ", '2026-11-01'");
    person(4, "田中");
    auto evaluation = evaluate(today);
    const auto& result = evaluation.run({"people", ""});
    EXPECT_EQ(result.counts_on(today), (Counts{.satisfied = 1, .due = 1, .expired = 1, .missing = 1}));
    EXPECT_EQ(result.state_on(today), CheckState::broken);
    EXPECT_EQ(result.change_days(today), (std::vector{Day(2026, 11, 26), Day(2027, 1, 1), Day(2027, 1, 6)}));
}

TEST_F(World, OffendersComeWorstFirstWithOwnerAndSentence) {
    add_check("people", joined_until);
    person(1, "佐藤", ", left_on", ", '2026-12-31'");
    person(2, "鈴木", ", left_on, manager", ", '2026-11-20', 1");
    person(3, "高橋", ", manager", ", 1");
    auto evaluation = evaluate(today);
    const auto rows = evaluation.offenders({"people", ""}, today, 10).value();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].subject, "3");
    EXPECT_EQ(rows[1].subject, "2");
    EXPECT_EQ(rows[1].owner, 1);
    EXPECT_EQ(sentence(library.checks.at("people"), rows[1], Language::ja), "鈴木 の件");
    EXPECT_EQ(evaluation.offenders({"people", ""}, today, 1).value().size(), 1U);
    EXPECT_EQ(evaluation.rows({"people", ""}).value().size(), 3U);
    EXPECT_EQ(evaluation.offenders({"people", ""}, Day(2027, 1, 1), 10).value().size(), 3U);
}

TEST_F(World, FewOffendersAmongManyRowsAreTheSameAsByOnePass) {
    add_check("people", joined_until);
    for (int i = 1; i <= 2500; ++i)
        person(i, "社員" + std::to_string(i), ", left_on", i % 1000 == 0 ? ", null" : ", '2027-01-01'");
    auto evaluation = evaluate(today);
    const auto rows = evaluation.offenders({"people", ""}, today, 10).value();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].label, "社員1000");
    EXPECT_EQ(rows[1].label, "社員2000");
}

TEST_F(World, AnEmptyPopulationEarnsNothingUnlessTheCheckSaysSo) {
    add_check("unknown", joined_until);
    add_check("events", joined_until, "subject = \"person\"\nwhen_empty = \"satisfied\"");
    EXPECT_EQ(state("unknown", today), CheckState::unknown);
    EXPECT_EQ(state("events", today), CheckState::no_occasion);
}

TEST_F(World, FailingSqlIsAnErrorWithTheCheckNamed) {
    add_check("broken", "select nothing from nowhere");
    add_check("bad-date",
              "select p.id as subject, p.name as label, null as owner, '2026-02-30' as valid_until, 'r' as "
              "reason from person p");
    add_check("short", "select p.id as subject from person p");
    person(1, "佐藤");
    for (const auto* name : {"broken", "bad-date", "short", "no-such-check"}) {
        auto evaluation = evaluate(today);
        const auto& result = evaluation.run({name, ""});
        EXPECT_EQ(result.state_on(today), CheckState::error) << name;
        ASSERT_TRUE(result.error) << name;
        EXPECT_NE(result.error->message.en.find(name), std::string::npos) << result.error->message.en;
        EXPECT_FALSE(evaluation.rows({name, ""})) << name;
    }
}

TEST_F(World, ACheckThatTakesTooLongIsAnError) {
    for (int i = 1; i <= 300; ++i) person(i, "社員");
    add_check("slow",
              "select p.id as subject, p.name as label, null as owner, case when (select count(*) from "
              "person a, person b, person c, person d "
              "where a.id <> b.id) > 0 then forever() end as valid_until, 'r' as reason from person p");
    auto evaluation = evaluate(today, {.today = today, .time_limit = std::chrono::milliseconds(30)});
    const auto& result = evaluation.run({"slow", ""});
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->kind, ErrorKind::unavailable);
    EXPECT_EQ(result.state_on(today), CheckState::error);
}

TEST_F(World, EventsCountFromTheirDayThroughTheWindowAndNeverBeforeTheStart) {
    add_check("events",
              "select p.id as subject, p.name as label, null as owner, forever() as valid_until, 'r' as "
              "reason, p.joined_on as event_on from person p",
              "subject = \"person\"\nwindow = 30");
    run("insert into organisation (id, version, from_index, name, started_on) values (9, 1, 1, '丸', "
        "'2026-11-01')");
    person(1, "佐藤", ", joined_on", ", '2026-11-10'");
    person(2, "鈴木", ", joined_on", ", '2026-10-31'");
    person(3, "高橋", ", joined_on", ", '2026-12-01'");
    auto evaluation = evaluate(today);
    const auto& result = evaluation.run({"events", ""});
    EXPECT_EQ(result.counts_on(today).total(), 1);
    EXPECT_EQ(result.counts_on(Day(2026, 12, 1)).total(), 2);
    EXPECT_EQ(result.counts_on(Day(2026, 12, 10)).total(), 2);
    EXPECT_EQ(result.counts_on(Day(2026, 12, 11)).total(), 1);
}

TEST_F(World, ItemsAreParametersOnlyWhereTheCheckAsks) {
    add_check("per-item",
              "select p.id as subject, p.name as label, null as owner, case when p.code = item() then "
              "forever() end as valid_until, 'r' as reason from person p");
    add_check("plain", joined_until);
    person(1, "佐藤");
    auto evaluation = evaluate(today);
    EXPECT_EQ(evaluation.run({"per-item", "E1"}).state_on(today), CheckState::satisfied);
    EXPECT_EQ(evaluation.run({"per-item", "E2"}).state_on(today), CheckState::broken);
    EXPECT_EQ(&evaluation.run({"plain", "E1"}), &evaluation.run({"plain", "E2"}));
}

TEST_F(World, SettingsAreTheOrganisationsOwnWithinTheirLimits) {
    library.settings["days"] = {.name = "days", .value = 3, .min = 1, .max = 10, .label = {}, .unit = {}};
    add_check("set",
              "select p.id as subject, p.name as label, null as owner, plus_days('2026-11-20', "
              "setting('days')) as valid_until, 'r' as reason from person p");
    person(1, "佐藤");
    EXPECT_EQ(evaluate(today).setting("days"), 3);
    EXPECT_EQ(state("set", today), CheckState::broken);
    run("insert into setting_value (id, version, from_index, name, value) values (5, 1, 1, 'days', 4)");
    EXPECT_EQ(state("set", today), CheckState::satisfied);
    run("update setting_value set value = 4000");
    EXPECT_EQ(evaluate(today).setting("days"), 10);
}

TEST_F(World, NineDayClosureMovesWhatIsDue) {
    add_check("due",
              "select p.id as subject, p.name as label, null as owner, plus_business_days('2026-12-25', 1) "
              "as valid_until, 'r' as reason from person p");
    person(1, "佐藤");
    EXPECT_EQ(state("due", Day(2027, 1, 4)), CheckState::broken);
    run("insert into company_holiday (id, version, from_index, from_day, to_day, name) values (5, 1, 1, "
        "'2026-12-26', '2027-01-03', '年末年始')");
    EXPECT_EQ(state("due", Day(2027, 1, 4)), CheckState::satisfied);
    EXPECT_EQ(state("due", Day(2027, 1, 5)), CheckState::broken);
}

TEST_F(World, ADayOffMayBeTheLastDayThatThereIs) {
    run("insert into company_holiday (id, version, from_index, from_day, to_day, name) values (5, 1, 1, "
        "'9999-12-31', '9999-12-31', '最後の日')");
    EXPECT_FALSE(evaluate(today).calendar().is_business_day(forever()));
}

class Mirrored : public World {
protected:
    void SetUp() override {
        add_check("lists-fresh",
                  "select l.id as subject, l.name as label, l.owner as owner, l.ended_on as valid_until, 'r' "
                  "as reason, l.mirror as mirror, "
                  "l.service as mirror_scope from mirrored_list l",
                  "subject = \"mirrored_list\"");
        add_check("accounts",
                  "select a.id as subject, a.account_name as label, a.owner as owner, forever() as "
                  "valid_until, 'r' as reason, a.service as mirror_scope "
                  "from account a",
                  "subject = \"account\"\nmirrors = [\"account\"]\nwhen_empty = \"satisfied\"");
    }
    void list(int id, const std::string& service, const std::string& until) {
        run("insert into mirrored_list (id, version, from_index, code, name, mirror, service, ended_on) "
            "values (" +
            std::to_string(id) + ", 1, 1, 'L" + std::to_string(id) + "', '一覧', 'account', " + service +
            ", '" + until + "')");
    }
    void account(int id, int service) {
        run("insert into account (id, version, from_index, service, account_name) values (" +
            std::to_string(id) + ", 1, 1, " + std::to_string(service) + ", 'a" + std::to_string(id) + "')");
    }
};

TEST_F(Mirrored, WithoutAnyListNothingIsKnown) {
    EXPECT_EQ(state("accounts", today), CheckState::unknown);
    account(1, 100);
    EXPECT_EQ(state("accounts", today), CheckState::unknown);
}

TEST_F(Mirrored, RowsAreUnknownOnceTheListOfTheirScopeIsStale) {
    list(10, "100", "2026-12-01");
    list(11, "200", "2026-11-01");
    account(1, 100);
    account(2, 200);
    auto evaluation = evaluate(today);
    const auto& result = evaluation.run({"accounts", ""});
    EXPECT_EQ(result.counts_on(today), (Counts{.satisfied = 1, .unknown = 1}));
    EXPECT_EQ(result.state_on(today), CheckState::broken);
    EXPECT_EQ(result.counts_on(Day(2026, 12, 2)).unknown, 2);
    EXPECT_EQ(result.state_on(Day(2026, 12, 2)), CheckState::unknown);
}

// The row's own sentence would say that all is well.
TEST_F(Mirrored, AStaleRowNamesTheListWhenItWasConfirmedLastAndWhatToDo) {
    library.checks.at("lists-fresh").sql =
        "select l.id as subject, l.name as label, l.owner as owner, plus_days(l.ended_on, 30) as "
        "valid_until, 'r' "
        "as reason, l.mirror as mirror, l.service as mirror_scope, l.ended_on as last_day from mirrored_list "
        "l";
    list(10, "100", "2026-10-01");
    list(11, "200", "2026-09-01");
    run("update mirrored_list set name = 'Slack アカウント一覧', owner = 7 where id = 10");
    account(1, 100);
    auto evaluation = evaluate(today);
    const auto rows = evaluation.offenders({"accounts", ""}, today, 5).value();
    ASSERT_EQ(rows.size(), 1U);
    const Check& check = library.checks.at("accounts");
    EXPECT_THAT(sentence(check, rows[0], Language::ja),
                testing::AllOf(testing::HasSubstr("Slack アカウント一覧"), testing::HasSubstr("2026-10-01")));
    EXPECT_THAT(sentence(check, rows[0], Language::en),
                testing::AllOf(testing::HasSubstr("Slack アカウント一覧"), testing::HasSubstr("2026-10-01")));
    EXPECT_THAT(rows[0].doubt->todo.ja, testing::HasSubstr("取り込み直す"));
    EXPECT_EQ(rows[0].owner, 7) << "who keeps the list can mend it";
    EXPECT_EQ(rows[0].doubt->list, "10");
}

TEST_F(Mirrored, AListThatIsMissingOrWasNeverConfirmedIsSaidToBe) {
    account(1, 100);
    const Check& check = library.checks.at("accounts");
    const auto why = [&] {
        return sentence(check, evaluate(today).rows({"accounts", ""}).value().at(0), Language::en);
    };
    EXPECT_THAT(why(), testing::HasSubstr("no list is registered"));
    run("insert into mirrored_list (id, version, from_index, code, name, mirror) values (10, 1, 1, 'L1', "
        "'一覧', "
        "'account')");
    EXPECT_THAT(why(), testing::HasSubstr("never confirmed"));
    EXPECT_THAT(evaluate(today).run({"accounts", ""}).doubt->why.en, testing::HasSubstr("never confirmed"));
}

TEST_F(Mirrored, AScopeWithoutAListOfItsOwnNeedsTheGeneralOne) {
    list(10, "100", "2026-12-01");
    account(1, 300);
    EXPECT_EQ(state("accounts", today), CheckState::unknown);
    list(11, "null", "2026-12-01");
    EXPECT_EQ(state("accounts", today), CheckState::satisfied);
}

TEST_F(Mirrored, AnEmptyPopulationIsBelievedAsLongAsAllListsAreFresh) {
    list(10, "100", "2026-12-01");
    list(11, "200", "2026-12-05");
    auto evaluation = evaluate(today);
    const auto& result = evaluation.run({"accounts", ""});
    EXPECT_EQ(result.state_on(Day(2026, 12, 1)), CheckState::no_occasion);
    EXPECT_EQ(result.state_on(Day(2026, 12, 2)), CheckState::unknown);
    EXPECT_EQ(result.change_days(today), std::vector{Day(2026, 12, 2)});
}

class Excepted : public World {
protected:
    void SetUp() override {
        add_check("people", joined_until);
        person(1, "佐藤", ", left_on", ", '9999-12-31'");
        person(2, "鈴木");
    }
    void except(const std::string& subject, const std::string& approver, const std::string& from,
                const std::string& until, const std::string& check = "people") {
        run("insert into exception (id, version, from_index, code, check_name, subject_record, reason, "
            "compensating_measure, owner, asked_by, asked_on, "
            "approved_by, approved_on, valid_from, valid_until) values (50, 1, 1, 'X1', '" +
            check + "', '" + subject + "', '更新待ち', '隔離', 2, 2, '2026-11-01', " + approver +
            ", '2026-11-20', '" + from + "', '" + until + "')");
    }
};

TEST_F(Excepted, AnApprovedExceptionCoversItsRowUntilItsEnd) {
    except("2", "1", "2026-11-10", "2026-12-31");
    auto evaluation = evaluate(today);
    const auto& result = evaluation.run({"people", ""});
    EXPECT_EQ(result.counts_on(today), (Counts{.satisfied = 1, .exempt = 1}));
    EXPECT_EQ(result.state_on(today), CheckState::satisfied);
    EXPECT_EQ(result.state_on(Day(2027, 1, 1)), CheckState::broken);
    EXPECT_TRUE(evaluation.offenders({"people", ""}, today, 5).value().empty());
    EXPECT_EQ(state("people", Day(2026, 11, 19)), CheckState::broken) << "before it was approved";
}

TEST_F(Excepted, NobodyApprovesTheirOwn) {
    except("2", "2", "2026-11-10", "2026-12-31");
    EXPECT_EQ(state("people", today), CheckState::broken);
}

TEST_F(Excepted, WithoutApprovalItIsNothing) {
    except("2", "null", "2026-11-10", "2026-12-31");
    EXPECT_EQ(state("people", today), CheckState::broken);
}

TEST_F(Excepted, ItLastsAYearAtMost) {
    except("2", "1", "2026-11-10", "2036-12-31");
    auto evaluation = evaluate(today);
    EXPECT_EQ(evaluation.run({"people", ""}).state_on(Day(2027, 11, 20)), CheckState::satisfied);
    EXPECT_EQ(evaluation.run({"people", ""}).state_on(Day(2027, 11, 21)), CheckState::broken);
}

TEST_F(Excepted, ItIsForItsCheckAndItsSubjectOnly) {
    except("2", "1", "2026-11-10", "2026-12-31", "another");
    EXPECT_EQ(state("people", today), CheckState::broken);
    run("delete from exception");
    except("1", "1", "2026-11-10", "2026-12-31");
    EXPECT_EQ(state("people", today), CheckState::broken);
}

class Scoped : public World {
protected:
    void SetUp() override {
        library.scopes["office"] = {"office",
                                    {},
                                    {"select z.id as subject, z.name as label, z.opened_on as starts_on, "
                                     "z.closed_on as ends_on from zone z"}};
        add_check("zones",
                  "select z.id as subject, z.name as label, null as owner, forever() as valid_until, 'r' as "
                  "reason from zone z where z.kind = 'secure'",
                  "subject = \"zone\"\nwhen_empty = \"declared\"\nscope = \"office\"");
    }
    void statement(int id, const std::string& answer, const std::string& day) {
        run("insert into scope_statement (id, version, from_index, topic, answer, reason, asked_by, "
            "approved_by, approved_on) values (" +
            std::to_string(id) + ", 1, 1, 'office', '" + answer + "', '全員在宅', 2, 1, '" + day + "')");
    }
    void zone(const std::string& opened, const std::string& closed) {
        run("insert into zone (id, version, from_index, code, name, kind, opened_on, closed_on) values (70, "
            "1, 1, 'Z', '渋谷', 'office', " +
            opened + ", " + closed + ")");
    }
};

TEST_F(Scoped, OnlyAnApprovedStatementMakesNothingThereTrue) {
    EXPECT_EQ(state("zones", today), CheckState::unknown);
    statement(60, "none", "2026-11-01");
    auto evaluation = evaluate(today);
    EXPECT_EQ(evaluation.run({"zones", ""}).state_on(today), CheckState::not_applicable);
    EXPECT_EQ(evaluation.declared_none("office"), std::pair(Day(2026, 11, 1), Day(2027, 11, 1)));
    EXPECT_EQ(evaluation.run({"zones", ""}).state_on(Day(2027, 11, 2)), CheckState::unknown);
    EXPECT_EQ(evaluation.run({"zones", ""}).change_days(today), std::vector{Day(2027, 11, 2)});
}

TEST_F(Scoped, TheNewestStatementCounts) {
    statement(60, "none", "2026-10-01");
    statement(61, "some", "2026-11-01");
    EXPECT_EQ(state("zones", today), CheckState::unknown);
}

TEST_F(Scoped, ARecordContradictsIt) {
    statement(60, "none", "2026-11-01");
    zone("'2026-01-01'", "null");
    auto evaluation = evaluate(today);
    EXPECT_EQ(evaluation.run({"zones", ""}).state_on(today), CheckState::unknown);
    EXPECT_EQ(evaluation.contradictions("office"), std::vector<std::string>{"渋谷"});
}

TEST_F(Scoped, ARecordThatStartsLaterContradictsFromThen) {
    statement(60, "none", "2026-11-01");
    zone("'2026-12-10'", "null");
    auto evaluation = evaluate(today);
    const auto& result = evaluation.run({"zones", ""});
    EXPECT_EQ(result.state_on(Day(2026, 12, 9)), CheckState::not_applicable);
    EXPECT_EQ(result.state_on(Day(2026, 12, 10)), CheckState::unknown);
    EXPECT_TRUE(result.contradictions.empty());
}

TEST_F(Scoped, ARecordThatEndsFreesTheStatement) {
    statement(60, "none", "2026-11-01");
    zone("'2026-01-01'", "'2026-11-30'");
    auto evaluation = evaluate(today);
    const auto& result = evaluation.run({"zones", ""});
    EXPECT_EQ(result.state_on(Day(2026, 11, 30)), CheckState::unknown);
    EXPECT_EQ(result.state_on(Day(2026, 12, 1)), CheckState::not_applicable);
}

TEST(RunAll, SeveralReadersGiveTheSameAsOne) {
    const auto file =
        std::filesystem::temp_directory_path() / ("maru_run_all_" + std::to_string(::getpid()) + ".db");
    std::filesystem::remove(file);
    auto writer = store::Database::open(file, store::OpenMode::create).value();
    ASSERT_TRUE(writer.execute("create table person (id integer primary key, name text, left_on text)"));
    for (int i = 1; i <= 50; ++i)
        ASSERT_TRUE(writer.execute("insert into person (name, left_on) values ('社員', '2026-12-" +
                                   std::to_string(10 + i % 20) + "')"));
    Library library;
    std::vector<CheckKey> keys;
    for (int i = 0; i < 40; ++i) {
        Check check;
        check.name = "check" + std::to_string(i);
        check.subject = "person";
        check.sql = "select p.id as subject, p.name as label, null as owner, plus_days(p.left_on, " +
                    std::to_string(i) + ") as valid_until, 'r' as reason from person p";
        library.checks.emplace(check.name, check);
        keys.push_back({check.name, ""});
    }
    const registers::Schema schema;
    const Day today(2026, 12, 20);
    auto reader = store::Database::open(file, store::OpenMode::read_only).value();
    auto alone = Evaluation::open(reader, library, schema, {.today = today}).value();
    alone.run_all(keys);
    auto other = store::Database::open(file, store::OpenMode::read_only).value();
    EvaluationOptions options{.today = today};
    options.open_reader = [&] { return store::Database::open(file, store::OpenMode::read_only); };
    options.readers = 3;
    auto together = Evaluation::open(other, library, schema, options).value();
    together.run_all(keys);
    for (const auto& key : keys)
        EXPECT_EQ(alone.run(key).population.groups, together.run(key).population.groups) << key.check;
    std::filesystem::remove(file);
}

}  // namespace
}  // namespace maru::checks
