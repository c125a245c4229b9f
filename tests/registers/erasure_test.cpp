// Erasing a person: nothing is left in any file, everything else is as it was, and what must stay stays.
#include "erasure_world.hpp"
#include "registers/tombstones.hpp"

namespace maru::registers {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

using ErasureTest = ErasureWorld;

TEST_F(ErasureTest, NoFileHoldsAnErasedValue) {
    make_people();
    let_hanako_go();
    EXPECT_THAT(places_of(values_, home()), Not(IsEmpty())) << "else the search proves nothing";
    const ErasureDone done = erase(hanako_);
    EXPECT_EQ(places_of(values_, home()), std::vector<std::string>{});
    EXPECT_EQ(places_of({"E001"}, home()), std::vector<std::string>{});
    EXPECT_EQ(done.attachments, 1);
    EXPECT_FALSE(organisation_->blobs().contains(paper_));
    organisation_.reset();
    EXPECT_EQ(places_of(values_, home()), std::vector<std::string>{});
}

TEST_F(ErasureTest, EverythingElseIsAsItWas) {
    make_people();
    let_hanako_go();
    const auto size = static_cast<std::int64_t>(organisation_->ledger_state().size);
    const Hash before = organisation_->ledger_state().root;
    const WrittenFields taro = now("person", taro_);
    const ErasureDone done = erase(hanako_);
    EXPECT_EQ(done.entry, size);
    auto database = reader();
    EXPECT_EQ(ledger::root_at(database, size).value(), before);
    expect_whole_ledger();
    EXPECT_EQ(now("person", taro_), taro);
    EXPECT_EQ(count("select count(*) from loan where person = " + std::to_string(hanako_)), 9);
    EXPECT_EQ(now("person", hanako_)["left_on"], "2023-03-31") << "what is not personal stays";
}

TEST_F(ErasureTest, TheErasureIsAnEntryThatNamesNobody) {
    make_people();
    let_hanako_go();
    const std::int64_t born = count("select min(from_index) from person_history");
    const ErasureDone done = erase(hanako_);
    const auto entry = ledger::decode(body(done.entry)).value();
    EXPECT_EQ(entry.kind, "erasure");
    EXPECT_EQ(entry.record, ledger::decode(body(born))->record) << "the tag that the person's entries have";
    EXPECT_THAT(entry.note,
                AllOf(HasSubstr("requested=2026-11-20; executed=2026-11-23; "), HasSubstr("kept=0; key="),
                      HasSubstr("basis=本人の請求（個人情報保護法35条）")));
    EXPECT_EQ(count("select deleted_values from erasure"), done.values);
    EXPECT_EQ(done.values, count("select count(*) from erased_value"));
}

TEST_F(ErasureTest, WhatStandsInTheWayIsListedWithWhatToDo) {
    make_people();
    const auto done = try_erase(hanako_);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::conflict);
    EXPECT_THAT(done.error().message.en,
                AllOf(HasSubstr("still here"), HasSubstr("record the day on which E001 left"),
                      HasSubstr("holds PC-001"), HasSubstr("administers PC-001")));
    EXPECT_EQ(plan(hanako_).blockers.size(), 3u);
    EXPECT_EQ(now("person", hanako_)["name"], "鈴木 花子");
    let_hanako_go("2026-11-24");
    EXPECT_FALSE(try_erase(hanako_)) << "leaves tomorrow";
}

TEST_F(ErasureTest, WhatALawWantsKeptStaysUntilItsDay) {
    make_people();
    let_hanako_go("2025-03-31");
    const ErasurePlan before = plan(hanako_);
    ASSERT_EQ(before.kept.size(), 1u);
    EXPECT_THAT(before.kept[0].basis.ja, HasSubstr("労働基準法109条"));
    EXPECT_EQ(before.kept[0].until, Day(2028, 3, 31));
    const ErasureDone first = erase(hanako_);
    EXPECT_EQ(now("person", hanako_)["name"], "鈴木 花子");
    EXPECT_EQ(now("person", hanako_)["mail"], "");
    EXPECT_THAT(places_of({"hanako@example.jp", "本人の連絡先", "花ちゃん", "誓約書 山田花子 印"}, home()),
                IsEmpty());
    const auto again = try_erase(hanako_, Day(2028, 3, 31));
    ASSERT_FALSE(again);
    EXPECT_THAT(
        again.error().message.en,
        AllOf(HasSubstr("was erased by entry " + std::to_string(first.entry)), HasSubstr("2028-03-31")));
    const ErasureDone second = erase(hanako_, Day(2028, 4, 1));
    EXPECT_GT(second.entry, first.entry);
    EXPECT_THAT(places_of(values_, home()), IsEmpty());
    EXPECT_THAT(places_of({"E001"}, home()), IsEmpty());
    expect_whole_ledger();
}

TEST_F(ErasureTest, TheOrganisationsOwnHoldKeepsAPersonsValues) {
    make_people();
    let_hanako_go();
    put("retention_hold", {{"code", "H1"},
                           {"person", "#" + std::to_string(hanako_)},
                           {"basis", "訴訟 令和8年(ワ)第1号"},
                           {"registers", "誓約書台帳"},
                           {"until", "2027-12-31"}});
    const ErasurePlan made = plan(hanako_);
    ASSERT_EQ(made.kept.size(), 1u);
    EXPECT_EQ(made.kept[0].of->name, "pledge");
    EXPECT_THAT(made.kept[0].basis.ja, HasSubstr("訴訟 令和8年(ワ)第1号"));
    EXPECT_EQ(made.kept[0].until, Day(2027, 12, 31));
    erase(hanako_);
    EXPECT_TRUE(organisation_->blobs().contains(paper_));
    EXPECT_EQ(count("select count(*) from pledge_names"), 2);
    EXPECT_THAT(places_of({"hanako@example.jp", "本人の連絡先"}, home()), IsEmpty());
    erase(hanako_, Day(2028, 1, 1));
    EXPECT_FALSE(organisation_->blobs().contains(paper_));
    EXPECT_THAT(places_of(values_, home()), IsEmpty());
}

TEST_F(ErasureTest, NothingMoreCanBeSaidOfAnErasedPerson) {
    make_people();
    let_hanako_go();
    const ErasureDone done = erase(hanako_);
    const std::string id = "#" + std::to_string(hanako_);
    for (const auto& refusal :
         {refused("person", {{"name", "山田 花子"}}, hanako_),
          refused("device", {{"code", "PC-001"}, {"holder", id}}),
          refused("device", {{"code", "PC-001"}, {"admins", "E002;" + id}}),
          refused("loan", {{"device", "PC-001"}, {"lent_on", "2026-11-01"}, {"person", id}})}) {
        EXPECT_EQ(refusal.kind, ErrorKind::forbidden);
        EXPECT_THAT(refusal.message.en, HasSubstr("erased by entry " + std::to_string(done.entry)));
        EXPECT_THAT(refusal.message.ja, HasSubstr("消去済み"));
    }
    EXPECT_FALSE(retire("person", hanako_));
    put("person", {{"code", "E003"}, {"name", "山田 二郎"}});  // whose manager she was, stays so
    EXPECT_EQ(now("person", put("person", {{"code", "E001"}, {"name", "高橋 新"}}).id)["name"], "高橋 新")
        << "her number is free again";
}

TEST_F(ErasureTest, TombstonesStandWhereValuesWere) {
    make_people();
    let_hanako_go();
    const ErasureDone done = erase(hanako_);
    auto database = reader();
    EXPECT_EQ(title_of(database, *schema_, "person", hanako_, Language::ja), tombstone(done.entry).ja);
    EXPECT_EQ(title_of(database, *schema_, "loan",
                       *database.query_integer("select min(id) from loan").value(), Language::en),
              "MacBook");
    EXPECT_EQ(natural_key_of(database, *schema_, "person", hanako_), "#" + std::to_string(hanako_));
    const Tombstones erased = Tombstones::load(database, of("person")).value();
    EXPECT_EQ(erased.entry(hanako_, 1, 2), done.entry);
    EXPECT_EQ(erased.entry(hanako_, 2, 3), done.entry);
    EXPECT_EQ(erased.entry(hanako_, 1, 6), std::nullopt) << "left on is nobody's secret";
    EXPECT_EQ(erased.entry(taro_, 1, 2), std::nullopt);
}

TEST(Tombstone, IsKnownInBothLanguagesAndNothingElseIs) {
    EXPECT_TRUE(is_tombstone(tombstone(1234).ja));
    EXPECT_TRUE(is_tombstone(" " + tombstone(0).en + "\n"));
    for (const char* other : {"", "変更 により消去済み", "変更 x により消去済み", "erased by entry ",
                              "erased by entry 12 or so", "変更 12 により消去済みです", "山田"})
        EXPECT_FALSE(is_tombstone(other)) << other;
}

TEST_F(ErasureTest, AnAttachmentThatOthersHaveTooStays) {
    make_people();
    put("pledge", {{"person", "E002"}, {"signed_on", "2020-04-01"}, {"paper", hex(paper_)}});
    let_hanako_go();
    EXPECT_EQ(plan(hanako_).shared_attachments, 1);
    EXPECT_EQ(erase(hanako_).attachments, 0);
    EXPECT_TRUE(organisation_->blobs().contains(paper_));
}

TEST_F(ErasureTest, OnlyTheVersionsAboutThePersonAreEmptied) {
    make_people();
    const Change loan = put(
        "loan",
        {{"device", "PC-001"}, {"lent_on", "2023-01-10"}, {"person", "E001"}, {"note", "本人の連絡先 A"}});
    put("loan",
        {{"device", "PC-001"}, {"lent_on", "2023-01-10"}, {"person", "E002"}, {"note", "太郎の連絡先"}});
    put("loan",
        {{"device", "PC-001"}, {"lent_on", "2023-01-10"}, {"person", "E001"}, {"note", "本人の連絡先 B"}});
    put("loan", {{"device", "PC-001"}, {"lent_on", "2023-01-10"}, {"person", "E002"}});
    let_hanako_go();
    erase(hanako_);
    auto database = reader();
    const auto versions = history(database, of("loan"), loan.id).value();
    std::vector<bool> there;
    for (const Record& version : versions)
        there.push_back(!store::is_null(std::get<store::Value>(version.values[3])));
    EXPECT_THAT(there, ElementsAre(false, true, false, true));
}

TEST_F(ErasureTest, ItemsOfListsAreErasedForThePersonsVersionsOnly) {
    make_people();
    const WrittenFields key{{"person", "E002"}, {"signed_on", "2021-01-01"}};
    const Change pledge =
        put("pledge", {{"person", "E001"}, {"signed_on", "2021-01-01"}, {"names", "共通;花"}});
    put("pledge", {{"person", "E002"}, {"signed_on", "2021-01-01"}, {"names", "共通;花"}}, pledge.id);
    put("pledge", {{"person", "E001"}, {"signed_on", "2021-01-01"}, {"names", "共通;花"}}, pledge.id);
    put("pledge", {{"person", "E002"}, {"signed_on", "2021-01-01"}, {"names", "共通;花"}}, pledge.id);
    let_hanako_go();
    erase(hanako_);
    auto database = reader();
    std::vector<std::size_t> items;
    for (const Record& version : history(database, of("pledge"), pledge.id).value())
        items.push_back(std::get<std::vector<store::Value>>(version.values[3]).size());
    EXPECT_THAT(items, ElementsAre(0u, 2u, 0u, 2u));
    EXPECT_EQ(now("pledge", pledge.id)["names"], "共通;花");
    put("pledge", {{"names", "花;別"}}, pledge.id);
    EXPECT_EQ(now("pledge", pledge.id)["names"], "花;別");
}

TEST_F(ErasureTest, TheReasonOfARetirementGoesToo) {
    make_people();
    let_hanako_go();
    const std::int64_t loan = count("select min(id) from loan");
    ASSERT_TRUE(organisation_->retire("loan", loan, {}, "花子さんの誤登録"));
    ASSERT_TRUE(organisation_->retire("loan", loan + 1, {}, ""));
    erase(hanako_);
    EXPECT_THAT(places_of({"花子さんの誤登録"}, home()), IsEmpty());
    EXPECT_THAT(places_of(values_, home()), IsEmpty());
    expect_whole_ledger();
}

TEST_F(ErasureTest, ARetiredPersonCanBeErased) {
    const std::int64_t id =
        put("person", {{"code", "E009"}, {"name", "臨時 一郎"}, {"left_on", "2020-01-01"}}).id;
    ASSERT_TRUE(retire("person", id));
    erase(id);
    EXPECT_THAT(places_of({"臨時 一郎", "E009"}, home()), IsEmpty());
}

TEST_F(ErasureTest, AFieldThatTheCatalogHasNoMoreIsErasedToo) {
    make_people();
    Files files = erasable_registers();
    files["loan"] = replaced(files["loan"], "number = 4\nname = \"note\"", "number = 5\nname = \"remark\"");
    use(files);
    open();
    let_hanako_go();
    erase(hanako_);
    EXPECT_THAT(places_of(values_, home()), IsEmpty());
    expect_whole_ledger();
}

TEST_F(ErasureTest, TextsElsewhereThatNameThePersonAreListed) {
    make_people();
    put("device", {{"code", "PC-002"}, {"name", "山田花子さんの旧PC"}});
    put("device", {{"code", "PC-003"}, {"name", "ﾊﾅｺ用"}, {"tags", "貸出;HANAKO@example.jp まで"}});
    put("device", {{"code", "PC-004"}, {"name", "鈴木さんのPC"}});
    put("device", {{"code", "PC-004"}, {"name", "予備機"}});
    put("device", {{"code", "PC-005"}, {"name", "hanakosuzuki の PC"}});
    let_hanako_go();
    std::vector<std::string> found;
    for (const Mention& one : plan(hanako_).mentions)
        found.push_back(one.key + " " + (one.field ? one.field->name : "") + (one.is_sure ? "" : "?") +
                        (one.is_current ? "" : " past"));
    EXPECT_THAT(found,
                UnorderedElementsAre("PC-002 name", "PC-003 name", "PC-003 tags", "PC-004 name? past"));
}

TEST_F(ErasureTest, CopiesElsewhereAreListed) {
    make_people();
    let_hanako_go();
    std::vector<std::string> notes;
    for (const RecordNote& one : plan(hanako_).copies) notes.push_back(one.message.ja);
    EXPECT_THAT(notes,
                UnorderedElementsAre("機器 PC-001（MacBook）の中のファイル", "紙の原本（2020-04-01）"));
}

TEST_F(ErasureTest, ABasisThatNamesThePersonIsRefused) {
    make_people();
    let_hanako_go();
    for (const char* basis : {"", " ", "鈴木花子さんの請求", "hanako@example.jp より", "二行\nの根拠"}) {
        const auto done = organisation_->erase({hanako_, basis, Day(2026, 11, 20), Day(2026, 11, 23)});
        ASSERT_FALSE(done) << basis;
        EXPECT_EQ(done.error().kind, ErrorKind::invalid) << basis;
    }
    EXPECT_EQ(now("person", hanako_)["name"], "鈴木 花子");
}

TEST_F(ErasureTest, NobodyAndTheAlreadyErasedAreRefused) {
    make_people();
    let_hanako_go();
    const auto nobody = try_erase(4711);
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().kind, ErrorKind::not_found);
    erase(hanako_);
    const auto size = organisation_->ledger_state().size;
    EXPECT_EQ(try_erase(hanako_).error().kind, ErrorKind::conflict);
    EXPECT_EQ(organisation_->ledger_state().size, size);
}

TEST_F(ErasureTest, AReaderThatHoldsTheOldStateDelaysTheEndAndTheNextOpeningFinishesIt) {
    make_people();
    let_hanako_go();
    auto old = std::make_unique<store::Database>(reader());
    ASSERT_TRUE(old->query_integer("select count(*) from person"));
    const auto done = try_erase(hanako_);
    ASSERT_TRUE(done) << done.error().message.en;
    EXPECT_FALSE(done->open.empty()) << "the write-ahead log could not be emptied";
    old.reset();
    open();
    EXPECT_THAT(places_of(values_, home()), IsEmpty());
    ASSERT_EQ(organisation_->notices().size(), 1u);
    EXPECT_THAT(organisation_->notices()[0].en, HasSubstr("finished"));
    open();
    EXPECT_TRUE(organisation_->notices().empty());
}

}  // namespace
}  // namespace maru::registers
