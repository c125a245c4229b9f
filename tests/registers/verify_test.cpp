// Stored versions against the ledger: what was changed behind its back is found, what was erased is named.
#include "registers/verify.hpp"

#include "erasure_world.hpp"

namespace maru::registers {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class VerifyTest : public ErasureWorld {
protected:
    RecordVerification verify() {
        organisation_.reset();
        auto database = reader();
        auto keys = Keystore::open_reader(home() / "keys");
        EXPECT_TRUE(keys) << keys.error().message.en;
        auto found = verify_records(database, *schema_, *keys);
        EXPECT_TRUE(found) << found.error().message.en;
        return found ? *found : RecordVerification{};
    }

    void meddle(const std::string& sql) {
        organisation_.reset();
        auto database = store::Database::open(home() / "maru.db", store::OpenMode::read_write);
        ASSERT_TRUE(database->execute(sql));
    }

    std::string all_problems() {
        std::string out;
        for (const RecordProblem& one : verify().problems)
            out += one.register_name + ": " + one.what.en + "\n";
        return out;
    }

    std::string first_problem() {
        const auto found = verify();
        return found.problems.empty()
                   ? ""
                   : found.problems[0].register_name + " #" + std::to_string(found.problems[0].record) +
                         ": " + found.problems[0].what.en;
    }
};

TEST_F(VerifyTest, EveryVersionGivesItsCommitment) {
    make_people();
    let_hanako_go();
    ASSERT_TRUE(retire("loan", count("select min(id) from loan")));
    ASSERT_TRUE(organisation_->retire("loan", count("select min(id) from loan"), {}, ""));
    const auto size = static_cast<std::int64_t>(organisation_->ledger_state().size);
    const auto found = verify();
    EXPECT_EQ(found.problem_count, 0) << first_problem();
    EXPECT_EQ(found.versions + found.retirements, size);
    EXPECT_EQ(found.retirements, 2);
    EXPECT_THAT(found.erased, IsEmpty());
}

TEST_F(VerifyTest, AfterAnErasureTheRestIsStillProvedAndTheErasedIsNamed) {
    make_people();
    let_hanako_go("2025-03-31");
    ASSERT_TRUE(retire("loan", count("select min(id) from loan")));
    const auto size = static_cast<std::int64_t>(organisation_->ledger_state().size);
    const ErasureDone first = erase(hanako_);
    const auto found = verify();
    EXPECT_EQ(found.problem_count, 0) << first_problem();
    EXPECT_EQ(found.versions + found.retirements, size);
    EXPECT_EQ(found.erased, (std::map<std::int64_t, std::int64_t>{{first.entry, first.values}}));
    open();
    const ErasureDone second = erase(hanako_, Day(2028, 4, 1));
    const auto later = verify();
    EXPECT_EQ(later.problem_count, 0) << first_problem();
    EXPECT_EQ(later.versions + later.retirements, size);
    EXPECT_EQ(later.erased, (std::map<std::int64_t, std::int64_t>{{first.entry, first.values},
                                                                  {second.entry, second.values}}));
}

TEST_F(VerifyTest, AChangedValueIsFoundWithItsFieldWhereTheRecordedOneIsStillSomewhere) {
    make_people();
    meddle("update person_history set name = '山田 花' where version = 1 and id = " + std::to_string(taro_));
    const auto found = verify();
    ASSERT_EQ(found.problem_count, 2) << "the version, and the current row that is not it any more";
    EXPECT_EQ(found.problems[0].register_name, "person");
    EXPECT_EQ(found.problems[0].record, taro_);
    EXPECT_EQ(found.problems[0].field, "name");
    EXPECT_THAT(found.problems[0].what.en, AllOf(HasSubstr("do not give"), HasSubstr("佐藤 太郎")));
    EXPECT_EQ(found.problems[1].field, "name");
    EXPECT_THAT(found.problems[1].what.en, HasSubstr("current value"));
}

TEST_F(VerifyTest, AChangedDayIsFoundAndSaysWhichDayWasRecorded) {
    make_people();
    meddle("update loan_history set lent_on = '2022-09-30' where lent_on = '2022-11-03'");
    meddle("update loan set lent_on = '2022-09-30' where lent_on = '2022-11-03'");
    const auto found = verify();
    ASSERT_EQ(found.problem_count, 1);
    EXPECT_EQ(found.problems[0].field, "lent_on");
    EXPECT_THAT(found.problems[0].what.en, HasSubstr("2022-11-03"));
}

TEST_F(VerifyTest, WhatCannotBeGuessedNamesTheFieldsThatItCanBe) {
    make_people();
    const std::string change = " set note = '書き換え' where note like '%2223'";
    meddle("update loan_history" + change);
    meddle("update loan" + change);
    const auto found = verify();
    ASSERT_EQ(found.problem_count, 1);
    EXPECT_EQ(found.problems[0].field, "");
    EXPECT_THAT(found.problems[0].what.en, HasSubstr("note"));
}

TEST_F(VerifyTest, ACurrentRowThatNoVersionProvesIsFound) {
    make_people();
    meddle("update device set holder = " + std::to_string(taro_));
    EXPECT_THAT(first_problem(), AllOf(HasSubstr("device"), HasSubstr("holder"), HasSubstr("current value")));
    meddle("update device set holder = " + std::to_string(hanako_));
    EXPECT_EQ(first_problem(), "");
    meddle("insert into pledge_names select record, 7, '別名' from pledge_names limit 1");
    EXPECT_THAT(first_problem(), AllOf(HasSubstr("pledge"), HasSubstr("names")));
    meddle("delete from pledge_names where position = 7");
    meddle("delete from device");
    EXPECT_THAT(first_problem(), AllOf(HasSubstr("device"), HasSubstr("not the last version")));
}

TEST_F(VerifyTest, AnErasureThatNeverWasIsNoExcuse) {
    make_people();
    meddle("insert into erased_value select id, 1, 3, 1, 0, randomblob(32) from person where code = 'E002'");
    meddle("update person_history set mail = null where id = " + std::to_string(taro_));
    meddle("update person set mail = null where id = " + std::to_string(taro_));
    const auto found = verify();
    ASSERT_EQ(found.problem_count, 2);
    EXPECT_THAT(found.problems[0].what.en, HasSubstr("do not give"));
    EXPECT_THAT(found.problems[1].what.en, HasSubstr("is no erasure"));
}

TEST_F(VerifyTest, AValueThatWasKeptCannotBeChangedAfterwards) {
    make_people();
    let_hanako_go("2025-03-31");
    erase(hanako_);
    meddle("update person_history set left_on = '2024-03-31' where left_on = '2025-03-31'");
    EXPECT_THAT(first_problem(), HasSubstr("do not give"));
}

TEST_F(VerifyTest, AnErasedValueThatIsThereAgainIsFound) {
    make_people();
    let_hanako_go();
    erase(hanako_);
    meddle("update person_history set name = '山田 花子' where version = 1 and id = " +
           std::to_string(hanako_));
    EXPECT_THAT(first_problem(), HasSubstr("there again"));
}

TEST_F(VerifyTest, AMissingVersionAndAMissingEntryAreFound) {
    make_people();
    meddle("delete from device_history");
    EXPECT_THAT(all_problems(), HasSubstr("is missing"));
}

TEST_F(VerifyTest, AChangedReasonAndAChangedItemAreFound) {
    make_people();
    ASSERT_TRUE(retire("loan", count("select min(id) from loan")));
    meddle("update retirement set reason = '別の理由'");
    EXPECT_THAT(first_problem(), HasSubstr("reason"));
    meddle("update retirement set reason = '廃棄した'");
    EXPECT_EQ(first_problem(), "");
    meddle("update pledge_names_history set value = '別名' where position = 1");
    EXPECT_THAT(first_problem(), AllOf(HasSubstr("pledge"), HasSubstr("do not give")));
}

TEST_F(VerifyTest, AFieldThatTheCatalogHasNoMoreIsStillProved) {
    make_people();
    Files files = erasable_registers();
    files["loan"] = replaced(files["loan"], "number = 4\nname = \"note\"", "number = 5\nname = \"remark\"");
    files["device"] = replaced(files["device"], "name = \"holder\"", "name = \"used_by\"");
    files["device"] = replaced(files["device"], "[[\"holder\"]]", "[[\"used_by\"]]");
    for (int i = 0; i < 2; ++i)
        files["device"] = replaced(files["device"], "person = \"holder\"", "person = \"used_by\"");
    use(files);
    open();
    const auto found = verify();
    EXPECT_EQ(found.problem_count, 0) << first_problem();
}

}  // namespace
}  // namespace maru::registers
