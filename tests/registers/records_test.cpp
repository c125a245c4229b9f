// Putting, retiring and reading records through an organisation.
#include "registers/records.hpp"

#include "sample_registers.hpp"

namespace maru::registers {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;

class RecordsTest : public OrganisationTest {
protected:
    void SetUp() override {
        OrganisationTest::SetUp();
        hanako_ = put("person", {{"code", "E001"},
                                 {"name", "山田 花子"},
                                 {"mail", "hanako@example.jp"},
                                 {"joined_on", "令和2年4月1日"}})
                      .id;
        taro_ = put("person", {{"code", "E002"}, {"name", "佐藤 太郎"}, {"manager", "E001"}}).id;
    }
    std::int64_t hanako_ = 0;
    std::int64_t taro_ = 0;
};

TEST_F(RecordsTest, WhatWasPutIsReadBack) {
    const Change device = put("device", {{"code", "PC-001"},
                                         {"holder", "E002"},
                                         {"score", "７．５"},
                                         {"admins", "E001;E002"},
                                         {"tags", "貸出;重要"}});
    EXPECT_EQ(device.kind, Change::Kind::created);
    EXPECT_EQ(device.version, 1);
    const WrittenFields read_back = now("device", device.id);
    EXPECT_THAT(read_back, Contains(Pair("holder", "E002")));
    EXPECT_THAT(read_back, Contains(Pair("score", "7.5")));
    EXPECT_THAT(read_back, Contains(Pair("admins", "E001;E002")));
    EXPECT_THAT(read_back, Contains(Pair("tags", "貸出;重要")));
    EXPECT_THAT(read_back, Contains(Pair("name", "")));
}

TEST_F(RecordsTest, IdsAreDenseOverAllRegistersAlsoAfterARefusalAndReopening) {
    EXPECT_EQ(taro_, hanako_ + 1);
    (void)refused("device", {{"code", "PC-001"}, {"score", "11"}});
    (void)refused("person", {{"code", "E003"}, {"name", "鈴木"}, {"mail", "hanako@example.jp"}});
    EXPECT_EQ(put("device", {{"code", "PC-001"}}).id, taro_ + 1);
    open();
    EXPECT_EQ(put("device", {{"code", "PC-002"}}).id, taro_ + 2);
}

TEST_F(RecordsTest, TheNaturalKeyFindsTheRecordAndOnlyGivenFieldsChange) {
    put("device", {{"code", "PC-001"}, {"name", "ノートPC"}, {"tags", "a;b"}});
    const Change change = put("device", {{"code", "PC-001"}, {"holder", "E001"}});
    EXPECT_EQ(change.kind, Change::Kind::changed);
    EXPECT_EQ(change.version, 2);
    EXPECT_THAT(now("device", change.id),
                AllOf(Contains(Pair("name", "ノートPC")), Contains(Pair("holder", "E001")),
                      Contains(Pair("tags", "a;b"))));
    put("device", {{"code", "PC-001"}, {"name", ""}, {"tags", ""}});
    EXPECT_THAT(now("device", change.id), AllOf(Contains(Pair("name", "")), Contains(Pair("tags", ""))));
}

TEST_F(RecordsTest, TheSameValuesAgainMakeNoEntry) {
    put("device", {{"code", "PC-001"}, {"score", "7.5"}, {"tags", "a"}});
    const auto size = organisation_->ledger_state().size;
    const Change again = put("device", {{"code", "PC-001"}, {"score", "７．５０"}, {"tags", "a;"}});
    EXPECT_EQ(again.kind, Change::Kind::unchanged);
    EXPECT_EQ(again.version, 1);
    EXPECT_EQ(organisation_->ledger_state().size, size);
}

TEST_F(RecordsTest, ValuesThatBreakTheRegisterAreRefusedByName) {
    EXPECT_THAT(refused("device", {{"code", "PC-001"}, {"holdr", "E001"}}).message.en,
                AllOf(HasSubstr("no field holdr"), HasSubstr("holder")));
    EXPECT_THAT(refused("device", {{"code", "PC-001"}, {"score", "高い"}}).message.ja,
                AllOf(HasSubstr("評点"), HasSubstr("高い")));
    EXPECT_THAT(refused("device", {{"code", "PC-001"}, {"score", "10.1"}}).message.en, HasSubstr("10"));
    EXPECT_THAT(refused("person", {{"code", "E003"}}).message.ja,
                AllOf(HasSubstr("氏名"), HasSubstr("必須")));
    EXPECT_THAT(refused("device", {{"name", "ノートPC"}}).message.ja, HasSubstr("管理番号"));
    EXPECT_THAT(refused("device", {{"code", "PC-001"}, {"name", "\xff"}}).message.en, HasSubstr("UTF-8"));
    EXPECT_THAT(refused("devices", {}).message.en, HasSubstr("did you mean device"));
}

TEST_F(RecordsTest, ReferencesMustExist) {
    EXPECT_THAT(refused("device", {{"code", "PC-001"}, {"holder", "E999"}}).message.ja,
                AllOf(HasSubstr("従業者台帳"), HasSubstr("E999")));
    EXPECT_THAT(refused("device", {{"code", "PC-001"}, {"admins", "E001;#4711"}}).message.en,
                HasSubstr("#4711"));
    const Change device = put("device", {{"code", "PC-001"}, {"holder", "#" + std::to_string(hanako_)}});
    EXPECT_THAT(now("device", device.id), Contains(Pair("holder", "E001")));
    EXPECT_THAT(
        refused("device", {{"code", "PC-002"}, {"holder", "#" + std::to_string(device.id)}}).message.en,
        HasSubstr("person"));
}

TEST_F(RecordsTest, KeysWithReferencesAreWrittenWithTheReferencedKey) {
    put("device", {{"code", "PC-001"}});
    const Change loan = put("loan", {{"device", "PC-001"}, {"lent_on", "2026-11-01"}, {"person", "E002"}});
    auto database = reader();
    EXPECT_EQ(natural_key_of(database, *schema_, "loan", loan.id), "PC-001 / 2026-11-01");
    EXPECT_EQ(title_of(database, *schema_, "loan", loan.id, Language::en), "PC-001")
        << "a title without a value is the key";
    EXPECT_EQ(resolve(database, *schema_, of("loan"), "PC-001 / 2026/11/1").value(), loan.id);
    EXPECT_EQ(natural_key_of(database, *schema_, "loan", 999), "#999");
    const auto wrong = resolve(database, *schema_, of("loan"), "PC-001");
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message.ja, HasSubstr("機器 / 貸出日"));
}

TEST_F(RecordsTest, AKeyThatWouldBeReadOtherwiseIsGivenAsNumber) {
    // Names may be so; then an upgrade makes the name the key.
    const Change slash = put("device", {{"code", "PC-1"}, {"name", "PC / 1"}});
    const Change sign = put("device", {{"code", "PC-12"}, {"name", "#12"}});
    const Change loan = put("loan", {{"device", "PC-1"}, {"lent_on", "2026-11-01"}});
    Files files = sample_registers();
    files["device"] = replaced(files["device"], "key = [\"code\"]", "key = [\"name\"]");
    use(files);
    open();
    auto database = reader();
    EXPECT_EQ(natural_key_of(database, *schema_, "device", slash.id), "PC / 1");
    EXPECT_EQ(resolve(database, *schema_, of("device"), "PC / 1").value(), slash.id);
    EXPECT_EQ(natural_key_of(database, *schema_, "device", sign.id), "#" + std::to_string(sign.id));
    EXPECT_EQ(natural_key_of(database, *schema_, "loan", loan.id), "#" + std::to_string(loan.id));
}

TEST_F(RecordsTest, AKeyByWhichNobodyCouldNameTheRecordIsRefused) {
    for (const char* code : {"#12", "#-1", "PC / 1", "PC\u200D1"}) {
        const Error error = refused("device", {{"code", code}});
        EXPECT_EQ(error.kind, ErrorKind::invalid) << code;
        EXPECT_THAT(error.message.ja, AllOf(HasSubstr("code"), HasSubstr("書いてください"))) << code;
    }
    for (const char* code : {"PC/1", "PC #1", "＃A", "葛\U000E0100城"}) put("device", {{"code", code}});
    put("device", {{"code", "PC-002"}, {"name", "本社 / 東京 #12 👨\u200D💻"}});
}

TEST_F(RecordsTest, MarksThatNobodySeesMakeNoOtherKey) {
    const Change first = put("device", {{"code", "\uFEFFPC-001"}, {"name", "ノート\u200Bパソコン"}});
    EXPECT_EQ(put("device", {{"code", "PC-001\u200E "}, {"name", "ノートパソコン"}}).kind,
              Change::Kind::unchanged);
    auto database = reader();
    EXPECT_EQ(resolve(database, *schema_, of("device"), "\u2060PC-001").value(), first.id);
}

TEST_F(RecordsTest, UniqueFieldsAndKeysNameTheRecordThatHasThem) {
    const Error mail = refused("person", {{"code", "E003"}, {"name", "鈴木"}, {"mail", "hanako@example.jp"}});
    EXPECT_EQ(mail.kind, ErrorKind::conflict);
    EXPECT_THAT(mail.message.ja, AllOf(HasSubstr("メールアドレス"), HasSubstr("E001")));
    const Error key = refused("person", {{"code", "E001"}}, taro_);
    EXPECT_EQ(key.kind, ErrorKind::conflict);
    EXPECT_THAT(key.message.ja, AllOf(HasSubstr("E001"), HasSubstr("#" + std::to_string(hanako_))));
    const auto again = organisation_->put({"person", {}, {}, {{"code", "E001"}, {"name", "別人"}}, true});
    ASSERT_FALSE(again) << "must_be_new";
    EXPECT_EQ(again.error().kind, ErrorKind::conflict);
}

TEST_F(RecordsTest, TwoWithoutAUniqueValueDoNotCollide) {
    put("person", {{"code", "E003"}, {"name", "鈴木"}});
    put("person", {{"code", "E004"}, {"name", "高橋"}});
}

TEST_F(RecordsTest, RulesAreKept) {
    EXPECT_EQ(
        refused("person", {{"code", "E001"}, {"left_on", "2020-03-31"}}).message.ja,
        "「従業者台帳」: 退職日が入社日より前です。入社日（joined_on）は 2020-04-01、退職日（left_on）は "
        "2020-03-31。どれかを直してください。");
    put("person", {{"code", "E001"}, {"left_on", "2020-04-01"}});
    put("person", {{"code", "E002"},
                   {"left_on", "2020-04-01"}});  // joined_on is empty: nothing is known, nothing is wrong
}

TEST_F(RecordsTest, AnExpectedVersionThatPassedIsAConflictThatNamesBoth) {
    put("person", {{"code", "E002"}, {"name", "佐藤 次郎"}});
    const auto late = try_put("person", {{"code", "E002"}, {"name", "佐藤 三郎"}}, {}, 1);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::conflict);
    EXPECT_THAT(late.error().message.en,
                AllOf(HasSubstr("version 1"), HasSubstr("version 2"), HasSubstr("2026-11-23T")));
    EXPECT_TRUE(try_put("person", {{"code", "E002"}, {"name", "佐藤 三郎"}}, {}, 2));
    EXPECT_FALSE(try_put("person", {{"code", "E009"}, {"name", "新人"}}, {}, 1));
    EXPECT_TRUE(try_put("person", {{"code", "E009"}, {"name", "新人"}}, {}, 0));
}

TEST_F(RecordsTest, RetiringIsRefusedWhileCurrentRecordsRefer) {
    put("device", {{"code", "PC-001"}, {"holder", "E002"}});
    put("device", {{"code", "PC-002"}, {"admins", "E002"}});
    const auto refused_twice = retire("person", taro_);
    ASSERT_FALSE(refused_twice);
    EXPECT_EQ(refused_twice.error().kind, ErrorKind::conflict);
    EXPECT_THAT(refused_twice.error().message.ja, AllOf(HasSubstr("機器管理台帳（device）の PC-001"),
                                                        HasSubstr("の PC-002"), Not(HasSubstr("device "))));
    put("device", {{"code", "PC-001"}, {"holder", ""}});
    put("device", {{"code", "PC-002"}, {"admins", "E001"}});
    EXPECT_TRUE(retire("person", taro_));
    EXPECT_FALSE(retire("person", taro_)) << "it is retired already";
}

TEST_F(RecordsTest, AtMostFiveReferringRecordsAreNamed) {
    for (int i = 1; i <= 7; ++i) put("device", {{"code", "PC-" + std::to_string(i)}, {"holder", "E002"}});
    const auto outcome = retire("person", taro_);
    ASSERT_FALSE(outcome);
    EXPECT_THAT(outcome.error().message.en,
                AllOf(HasSubstr("PC-5"), HasSubstr("and others"), ::testing::Not(HasSubstr("PC-6"))));
}

TEST_F(RecordsTest, ARecordMayReferToItselfAndStillBeRetired) {
    put("person", {{"code", "E002"}, {"manager", "E002"}});
    EXPECT_TRUE(retire("person", taro_));
}

TEST_F(RecordsTest, ARetiredRecordIsGoneButItsHistoryAndReasonStay) {
    const Change device = put("device", {{"code", "PC-001"}, {"tags", "重要"}});
    const auto retired = retire("device", device.id);
    ASSERT_TRUE(retired);
    EXPECT_EQ(retired->version, 2);
    auto database = reader();
    EXPECT_FALSE(read(database, of("device"), device.id).value());
    const auto versions = history(database, of("device"), device.id).value();
    ASSERT_EQ(versions.size(), 1u);
    EXPECT_EQ(versions[0].to_index, retired->index);
    EXPECT_THAT(written(database, "device", versions[0]), Contains(Pair("tags", "重要")));
    const auto found = retired_record(database, of("device"), device.id).value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->reason, "廃棄した");
    EXPECT_EQ(found->last.values, versions[0].values);
    EXPECT_EQ(retired_records(database, of("device"))->size(), 1U);
}

TEST_F(RecordsTest, ARetiredRecordIsFoundByTheKeyThatItHad) {
    const Change device = put("device", {{"code", "PC-001"}});
    const Change loan = put("loan", {{"device", "PC-001"}, {"lent_on", "2026-11-01"}});
    ASSERT_TRUE(retire("loan", loan.id));
    {
        auto database = reader();
        EXPECT_EQ(*resolve_retired(database, *schema_, of("loan"), "PC-001 / 2026-11-01"), loan.id)
            << "it refers to a current device";
        EXPECT_EQ(*resolve_retired(database, *schema_, of("loan"), "#" + std::to_string(loan.id)), loan.id);
        EXPECT_FALSE(resolve_retired(database, *schema_, of("device"), "PC-001")) << "a current one";
    }
    ASSERT_TRUE(retire("device", device.id));
    const Change next = put("device", {{"code", "PC-001"}});
    ASSERT_TRUE(retire("device", next.id));
    auto database = reader();
    EXPECT_EQ(*resolve_retired(database, *schema_, of("device"), "PC-001"), next.id) << "the last of several";
    EXPECT_EQ(retired_records(database, of("device"))->front().last.id, next.id);
    EXPECT_FALSE(resolve_retired(database, *schema_, of("device"), "PC-002"));
}

TEST_F(RecordsTest, WhatCameBackIsNotRetired) {
    const Change device = put("device", {{"code", "PC-001"}});
    ASSERT_TRUE(retire("device", device.id));
    put("device", {{"code", "PC-001"}}, device.id);
    auto database = reader();
    EXPECT_FALSE(retired_record(database, of("device"), device.id).value());
    EXPECT_TRUE(retired_records(database, of("device"))->empty());
}

TEST_F(RecordsTest, AKeyOfARetiredRecordMakesANewOneAndItsIdBringsItBack) {
    const Change first = put("device", {{"code", "PC-001"}, {"name", "旧"}, {"tags", "重要"}});
    ASSERT_TRUE(retire("device", first.id));
    const Change second = put("device", {{"code", "PC-001"}});
    EXPECT_NE(second.id, first.id);
    EXPECT_EQ(second.version, 1);
    EXPECT_EQ(refused("device", {}, first.id).kind, ErrorKind::conflict) << "its key has a new owner";
    const Change back = put("device", {{"code", "PC-001-旧"}}, first.id);
    EXPECT_EQ(back.kind, Change::Kind::created);
    EXPECT_EQ(back.version, 3) << "the retirement was version 2";
    EXPECT_THAT(now("device", first.id), AllOf(Contains(Pair("name", "旧")), Contains(Pair("tags", "重要"))));
    EXPECT_EQ(refused("device", {{"code", "X"}}, 4711).kind, ErrorKind::not_found);
}

TEST_F(RecordsTest, WhatARecordThatComesBackRefersToMustBeThere) {
    const Change device = put("device", {{"code", "PC-001"}, {"holder", "E002"}});
    ASSERT_TRUE(retire("device", device.id));
    ASSERT_TRUE(retire("person", taro_));
    EXPECT_EQ(refused("device", {}, device.id).kind, ErrorKind::not_found);
    put("device", {{"holder", ""}}, device.id);
}

TEST_F(RecordsTest, HistoryHoldsEveryVersionWithItsLists) {
    const Change device = put("device", {{"code", "PC-001"}, {"tags", "a;b"}});
    put("device", {{"code", "PC-001"}, {"name", "改名"}});
    put("device", {{"code", "PC-001"}, {"tags", "b"}});
    put("device", {{"code", "PC-001"}, {"tags", ""}});
    auto database = reader();
    std::vector<std::string> tags;
    std::vector<std::int64_t> numbers;
    for (const Record& version : history(database, of("device"), device.id).value()) {
        tags.push_back(written(database, "device", version)["tags"]);
        numbers.push_back(version.version);
    }
    EXPECT_THAT(tags, ::testing::ElementsAre("a;b", "a;b", "b", ""));
    EXPECT_THAT(numbers, ::testing::ElementsAre(1, 2, 3, 4));
}

TEST_F(RecordsTest, AnExclusiveCommandIsAllOrNothing) {
    const auto size = organisation_->ledger_state().size;
    const auto outcome = organisation_->exclusively([](WriteContext& context) -> Result<void> {
        TRY(registers::put(context, {"device", {}, {}, {{"code", "PC-001"}}, false}));
        TRY(registers::put(context, {"device", {}, {}, {{"code", "PC-002"}, {"holder", "いない人"}}, false}));
        return {};
    });
    EXPECT_FALSE(outcome);
    EXPECT_EQ(organisation_->ledger_state().size, size);
    EXPECT_EQ(put("device", {{"code", "PC-003"}}).id, taro_ + 1);
}

TEST_F(RecordsTest, ARefusedPutLeavesNothingBehindInACommandThatGoesOn) {
    const auto outcome = organisation_->exclusively([](WriteContext& context) -> Result<void> {
        EXPECT_FALSE(registers::put(
            context,
            {"person", {}, {}, {{"code", "E003"}, {"name", "鈴木"}, {"mail", "hanako@example.jp"}}, false}));
        TRY(registers::put(context, {"device", {}, {}, {{"code", "PC-002"}}, false}));
        return {};
    });
    ASSERT_TRUE(outcome) << outcome.error().message.en;
    auto database = reader();
    EXPECT_EQ(database.query_integer("select count(*) from person_history").value(), 2);
    EXPECT_TRUE(ledger::recompute(database));
}

TEST_F(RecordsTest, MyNumbersAreRefusedInFreeTextOfPersonsOnly) {
    for (const char* text :
         {"123456789018", "番号は１２３４５６７８９０１８です", "1234-5678-9018", "1234 5678 9018"})
        EXPECT_THAT(refused("person", {{"code", "E002"}, {"name", text}}).message.ja,
                    HasSubstr("マイナンバー"))
            << text;
    put("person", {{"code", "E002"}, {"name", "123456789012"}});          // wrong check digit
    put("person", {{"code", "E002"}, {"name", "1234567890180"}});         // thirteen digits
    put("device", {{"code", "123456789018"}, {"name", "123456789018"}});  // an account number of a cloud
}

}  // namespace
}  // namespace maru::registers
