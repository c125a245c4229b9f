// The folder of an organisation: making, opening, locking, and what its ledger does and does not hold.
#include "registers/organisation.hpp"

#include <sys/wait.h>

#include <thread>

#include "ledger/commitment.hpp"
#include "sample_registers.hpp"

namespace maru::registers {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

using OrganisationFolderTest = OrganisationTest;

std::vector<std::string> bodies(store::Database& database) {
    std::vector<std::string> out;
    auto query = database.prepare("select body from entry order by idx");
    while (const auto row = query->step().value()) {
        const ByteView body = row->blob(0);
        out.emplace_back(body.begin(), body.end());
    }
    return out;
}

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST_F(OrganisationFolderTest, TheStoredRootIsTheOneOfTheEntries) {
    put("person", {{"code", "E001"}, {"name", "山田 花子"}});
    put("device", {{"code", "PC-001"}, {"holder", "E001"}});
    auto database = reader();
    const auto state = ledger::recompute(database);
    ASSERT_TRUE(state) << state.error().message.en;
    EXPECT_EQ(state->size, 2u);
    EXPECT_EQ(state->root, organisation_->ledger_state().root);
}

TEST_F(OrganisationFolderTest, RecordsAboutAPersonCarryATagAndNoValues) {
    const Change person =
        put("person", {{"code", "E001"}, {"name", "山田 花子"}, {"mail", "hanako@example.jp"}});
    put("device", {{"code", "PC-001"}, {"holder", "E001"}});
    put("loan",
        {{"device", "PC-001"}, {"lent_on", "2026-11-01"}, {"person", "E001"}, {"note", "山田さんに貸出"}});
    put("loan", {{"device", "PC-001"}, {"lent_on", "2026-11-02"}, {"note", "予備機"}});
    auto database = reader();
    const auto entries = bodies(database);
    ASSERT_EQ(entries.size(), 4u);
    EXPECT_THAT(entries[0], AllOf(HasSubstr("\"record\":\"tag:"), HasSubstr("\"commitment\":\""),
                                  HasSubstr("\"register\":\"person\"")));
    EXPECT_THAT(entries[1], HasSubstr("\"record\":\"" + std::to_string(person.id + 1) + "\""));
    EXPECT_THAT(entries[2], HasSubstr("\"record\":\"tag:"));
    EXPECT_THAT(entries[3], Not(HasSubstr("tag:"))) << "a loan to nobody is about nobody";
    for (const std::string& entry : entries)
        for (const char* secret : {"山田", "hanako", "E001", "PC-001"})
            EXPECT_THAT(entry, Not(HasSubstr(secret)));
}

TEST_F(OrganisationFolderTest, TheSameValuesInAnotherVersionCommitDifferently) {
    for (const char* name : {"A", "B", "A"}) put("device", {{"code", "PC-001"}, {"name", name}});
    auto database = reader();
    const auto entries = bodies(database);
    const auto commitment = [&](std::size_t i) {
        return entries[i].substr(entries[i].find("\"commitment\""));
    };
    EXPECT_NE(commitment(0), commitment(2));
    EXPECT_THAT(entries[2], AllOf(HasSubstr("\"version\":3"), HasSubstr("\"previous\":1")));
}

TEST_F(OrganisationFolderTest, CommitmentsBindTheStoredValuesUnderTheKeyInTheKeystore) {
    const Change device = put("device", {{"code", "PC-001"}, {"tags", "重要;貸出"}});
    auto database = reader();
    const Record record = *read(database, of("device"), device.id).value();
    auto keys = Keystore::open(home() / "keys", environment_.random);
    ASSERT_TRUE(keys);
    const std::string code = canonical(of("device").fields[0], record.values[0]);
    const std::string tags = canonical(of("device").fields[5], record.values[5]);
    const std::vector<ledger::FieldValue> values{{1, code}, {6, tags}};  // empty fields are left out
    const Hash commitment = ledger::record_commitment(keys->record_key(device.id), device.id, 1, values);
    EXPECT_THAT(bodies(database)[0], HasSubstr(hex(commitment)));
}

TEST_F(OrganisationFolderTest, ARetirementIsAnEntryWhoseReasonIsBoundButNotShown) {
    const Change device = put("device", {{"code", "PC-001"}});
    ASSERT_TRUE(organisation_->retire("device", device.id, 1, "山田さんが紛失", "職員タグ"));
    auto database = reader();
    EXPECT_THAT(bodies(database)[1], AllOf(HasSubstr("\"kind\":\"retire\""), HasSubstr("\"version\":2"),
                                           HasSubstr("\"previous\":0"), HasSubstr("職員タグ"),
                                           HasSubstr("commitment"), Not(HasSubstr("紛失"))));
}

TEST_F(OrganisationFolderTest, KeysStayTheSameAndAreForTheOwnerOnly) {
    put("person", {{"code", "E001"}, {"name", "山田"}});
    const auto key = [&] {
        return Keystore::open(home() / "keys", environment_.random)->subject_key(1).value();
    };
    organisation_.reset();
    const Hash first = key();
    EXPECT_EQ(first, key());
    EXPECT_EQ(fs::status(home() / "keys/keys.db").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(fs::status(home() / "keys").permissions(), fs::perms::owner_all);
    const std::string bytes = bytes_of(home() / "maru.db");
    EXPECT_EQ(bytes.find(std::string(first.begin(), first.end())), std::string::npos);
}

TEST_F(OrganisationFolderTest, ALostKeystoreIsNotReplacedWithoutAWord) {
    put("device", {{"code", "PC-001"}});
    organisation_.reset();
    fs::remove_all(home() / "keys");
    const auto opened = Organisation::open(home(), *schema_, environment_);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::corrupt);
    EXPECT_THAT(opened.error().message.en, HasSubstr("keys.db"));
}

TEST_F(OrganisationFolderTest, AnOrganisationIsMadeOnlyOnce) {
    const auto again = Organisation::create(home(), *schema_, environment_);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::conflict);
    EXPECT_THAT(again.error().message.en, HasSubstr(home().string()));
}

TEST_F(OrganisationFolderTest, AnyFolderIsNoOrganisation) {
    const fs::path empty = temporary_.path() / "empty";
    fs::create_directories(empty);
    for (const fs::path& folder : {empty, temporary_.path() / "missing"}) {
        const auto opened = Organisation::open(folder, *schema_, environment_);
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().kind, ErrorKind::not_found);
        EXPECT_THAT(opened.error().message.ja, HasSubstr("maru init"));
        EXPECT_FALSE(Organisation::open_reader(folder, *schema_));
    }
    EXPECT_TRUE(fs::is_empty(empty));
}

TEST_F(OrganisationFolderTest, AFolderOfOthersIsLeftAlone) {
    const fs::path occupied = temporary_.path() / "occupied";
    write_file(occupied / "notes.txt", "somebody's");
    for (const fs::path& folder : {occupied, occupied / "notes.txt"}) {
        const auto made = Organisation::create(folder, *schema_, environment_);
        ASSERT_FALSE(made);
        EXPECT_EQ(made.error().kind, ErrorKind::conflict);
        EXPECT_THAT(made.error().message.en, HasSubstr("notes.txt"));
    }
    EXPECT_FALSE(Organisation::create(occupied / "notes.txt" / "below", *schema_, environment_));
    EXPECT_EQ(std::distance(fs::directory_iterator(occupied), fs::directory_iterator()), 1);
    EXPECT_EQ(bytes_of(occupied / "notes.txt"), "somebody's");
}

TEST_F(OrganisationFolderTest, AFailedCreationLeavesNothingHalfMade) {
    const fs::path folder = temporary_.path() / "a" / "b";
    const auto made = Organisation::create(folder, *schema_, environment_, [](Organisation& organisation) {
        EXPECT_TRUE(
            organisation.put({.register_name = "person", .fields = {{"code", "E1"}, {"name", "山田"}}}));
        return Result<void>(fail(ErrorKind::invalid, {"やめ", "no more"}));
    });
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().message.en, HasSubstr("no more"));
    EXPECT_FALSE(fs::exists(temporary_.path() / "a"));
}

TEST_F(OrganisationFolderTest, OfManyThatMakeTheSameExactlyOneDoes) {
    const fs::path folder = temporary_.path() / "same";
    std::array<Result<void>, 8> made;
    {
        std::vector<std::jthread> callers;
        for (std::size_t i = 0; i < made.size(); ++i)
            callers.emplace_back([&, i] {
                made[i] = Organisation::create(
                    folder, *schema_, {}, [i](Organisation& organisation) -> Result<void> {
                        const std::string code = "E" + std::to_string(i);
                        TRY(organisation.put(
                            {.register_name = "person", .fields = {{"code", code}, {"name", "山田"}}}));
                        return {};
                    });
            });
    }
    const auto winner = std::ranges::find_if(made, [](const auto& done) { return done.has_value(); });
    ASSERT_NE(winner, made.end());
    EXPECT_EQ(std::ranges::count_if(made, [](const auto& done) { return done.has_value(); }), 1);
    for (const auto& done : made)
        if (!done) EXPECT_EQ(done.error().kind, ErrorKind::conflict) << done.error().message.en;
    auto database = *Organisation::open_reader(folder, *schema_);
    const std::string code = "E" + std::to_string(winner - made.begin());
    EXPECT_TRUE(resolve(database, *schema_, of("person"), code));
    EXPECT_EQ(ledger::recompute(database)->size, 1u);
    EXPECT_TRUE(Organisation::open(folder, *schema_, environment_));
}

TEST_F(OrganisationFolderTest, ADatabaseOfANewerVersionIsRefusedUnchanged) {
    organisation_.reset();
    {
        auto database = store::Database::open(home() / "maru.db", store::OpenMode::read_write);
        ASSERT_TRUE(database->execute("pragma user_version = 99"));
    }
    for (const auto& error : {Organisation::open(home(), *schema_, environment_).error(),
                              Organisation::open_reader(home(), *schema_).error()}) {
        EXPECT_EQ(error.kind, ErrorKind::corrupt);
        EXPECT_THAT(error.message.en, AllOf(HasSubstr("99"), HasSubstr(home().string())));
    }
}

TEST_F(OrganisationFolderTest, ADamagedDatabaseIsNamed) {
    organisation_.reset();
    write_file(home() / "maru.db", std::string(20'000, 'x'));
    const auto opened = Organisation::open(home(), *schema_, environment_);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::corrupt);
    EXPECT_THAT(opened.error().message.en, HasSubstr("maru.db"));
}

TEST_F(OrganisationFolderTest, AnotherWriterIsRefusedByItsProcessNumberWhileReadersWork) {
    put("device", {{"code", "PC-001"}});
    environment_.lock_patience = std::chrono::milliseconds(40);
    const auto second = Organisation::open(home(), *schema_, environment_);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::unavailable);
    EXPECT_THAT(second.error().message.en, HasSubstr("process " + std::to_string(::getpid())));
    EXPECT_EQ(reader().query_integer("select count(*) from device").value(), 1);
}

TEST_F(OrganisationFolderTest, AWriterThatFinishesSoonIsWaitedFor) {
    std::jthread finishing([this] { organisation_.reset(); });
    const auto second = Organisation::open(home(), *schema_, environment_);
    EXPECT_TRUE(second) << second.error().message.en;
}

TEST_F(OrganisationFolderTest, ManyCallersAtOnceAreAllAnsweredAndInOneDenseLedger) {
    constexpr int callers = 8, each = 40;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < callers; ++t)
            threads.emplace_back([this, t] {
                for (int i = 0; i < each; ++i) {
                    const std::string code = "PC-" + std::to_string(t) + "-" + std::to_string(i);
                    EXPECT_TRUE(organisation_->put({"device", {}, {}, {{"code", code}}, true}));
                    if (i % 8 == 0)
                        EXPECT_FALSE(organisation_->put({"device", {}, {}, {{"code", code}}, true}));
                }
            });
    }
    auto database = reader();
    EXPECT_EQ(database.query_integer("select count(*) from device").value(), callers * each);
    EXPECT_EQ(database.query_integer("select max(id) from device").value(), callers * each)
        << "ids are dense";
    EXPECT_EQ(ledger::recompute(database)->size, static_cast<std::uint64_t>(callers * each));
}

TEST_F(OrganisationFolderTest, AttachmentsAreSealedWithTheKeyOfTheOrganisation) {
    const std::string text = "就業規則 第1条";
    const Hash name = organisation_->blobs().put(as_bytes(text)).value();
    open();
    const Bytes back = organisation_->blobs().get(name).value();
    EXPECT_EQ(std::string(back.begin(), back.end()), text);
}

TEST_F(OrganisationFolderTest, AReadOnlyFolderIsAClearError) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
    organisation_.reset();
    fs::permissions(home(), fs::perms::owner_read | fs::perms::owner_exec);
    const auto opened = Organisation::open(home(), *schema_, environment_);
    fs::permissions(home(), fs::perms::owner_all);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::unavailable);
}

}  // namespace
}  // namespace maru::registers
