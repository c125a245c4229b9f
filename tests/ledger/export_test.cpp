// A log as a folder: what auditors get, again and again into the same place.
#include "ledger/export.hpp"

#include "ledger/tile.hpp"
#include "ledger/verify.hpp"
#include "ledger/verify_stored.hpp"
#include "stored_log.hpp"

namespace maru::ledger {
namespace {

using testing::HasSubstr;
using Contents = std::map<std::string, std::string>;

class ExportTest : public StoredLogTest {
protected:
    Result<Exported> try_export() {
        return export_log(database, out, [](std::uint64_t, std::uint64_t) {});
    }
    void append_and_export(int more) {
        append(more);
        ASSERT_TRUE(checkpointer()->run());
        const auto exported = try_export();
        ASSERT_TRUE(exported) << exported.error().message.en;
    }
    Contents contents() {
        Contents found;
        for (const auto& entry : fs::recursive_directory_iterator(out)) {
            if (!entry.is_regular_file()) continue;
            const Bytes bytes = *store::read_file(entry.path(), 1 << 24);
            found[fs::relative(entry.path(), out).string()] = std::string(bytes.begin(), bytes.end());
        }
        return found;
    }
    Result<VerifiedLog> verified() {
        return verify_log(
            [this](const std::string& path) { return store::read_file(out / path, max_bundle); },
            policy_of(key.verifier()));
    }

    fs::path out = folder / "書き出し";
};

TEST_F(ExportTest, WritesExactlyTheFilesOfTheSpecificationAndTheKey) {
    append_and_export(257);
    std::vector<std::string> names;
    for (const auto& [name, bytes] : contents()) names.push_back(name);
    EXPECT_THAT(names, testing::ElementsAre("checkpoint", "keys/log.vkey", "tile/0/000", "tile/0/001.p/1",
                                            "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/1"));
    EXPECT_EQ(contents()["keys/log.vkey"], to_text(key.verifier()) + "\n");
    EXPECT_EQ(verified()->size(), 257u);
}

TEST_F(ExportTest, GrowsInPlaceAndNeverChangesWhatIsThere) {
    Contents before;
    for (const int more : {0, 1, 255, 1, 300, 0}) {
        append_and_export(more);
        const Contents after = contents();
        for (const auto& [name, bytes] : before)
            if (name != "checkpoint") ASSERT_EQ(after.at(name), bytes) << name;
        before = after;
        if (before.size() > 2) ASSERT_TRUE(verified());
    }
    EXPECT_EQ(try_export()->written, 0u);
    EXPECT_EQ(contents(), before);
}

TEST_F(ExportTest, AFileThatWasChangedStopsTheNextExport) {
    append_and_export(300);
    ASSERT_TRUE(store::replace_file(out / "tile/entries/000", as_bytes("改"), store::Access::readable));
    append(1);
    ASSERT_TRUE(checkpointer()->run());
    const Contents before = contents();
    const auto again = try_export();
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::conflict);
    EXPECT_THAT(again.error().message.en, HasSubstr("tile/entries/000"));
    EXPECT_EQ(contents()["checkpoint"], before.at("checkpoint"));
}

TEST_F(ExportTest, AnotherLogsFolderIsLeftAlone) {
    append_and_export(3);
    const Contents before = contents();
    execute("delete from log_key; delete from checkpoint");
    key = {"example.jp/other", KeyType::ed25519, crypto::Ed25519Key::from_seed(crypto::Seed{8})};
    ASSERT_TRUE(store_log_key(database, key.verifier(), 0));
    ASSERT_TRUE(checkpointer()->run());
    EXPECT_EQ(try_export().error().kind, ErrorKind::conflict);
    EXPECT_EQ(contents(), before);
}

TEST_F(ExportTest, AFolderThatKnowsMoreThanTheDatabaseIsAFork) {
    append(5);
    const fs::path backup = folder / "backup.db";
    ASSERT_TRUE(checkpointer()->run());
    execute("vacuum into '" + backup.string() + "'");
    append_and_export(5);
    database = *store::Database::open(backup, store::OpenMode::read_write);
    const Contents before = contents();
    const auto again = try_export();
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().message.en, HasSubstr("10 entries"));
    EXPECT_EQ(contents(), before);
}

TEST_F(ExportTest, EntriesThatDoNotGiveTheSignedRootAreNotPublished) {
    append(300);
    ASSERT_TRUE(checkpointer()->run());
    execute("update entry set body = replace(body, '記録 7', '記録 8') where idx = 7");
    EXPECT_EQ(try_export().error().kind, ErrorKind::corrupt);
    EXPECT_FALSE(fs::exists(out / "checkpoint"));
}

TEST_F(ExportTest, AnOrganisationsFolderAndAMissingCheckpointAreRefused) {
    append(1);
    EXPECT_EQ(try_export().error().kind, ErrorKind::not_found);
    ASSERT_TRUE(checkpointer()->run());
    out = folder.path();
    EXPECT_EQ(try_export().error().kind, ErrorKind::conflict);
    EXPECT_FALSE(fs::exists(out / "tile"));
}

class VerifyStoredTest : public ExportTest {
protected:
    std::string said() {
        const auto done = verify_stored(database);
        return done ? fmt::format("{} {} {}", done->state.size, done->signed_size, done->checkpoints)
                    : done.error().message.en;
    }
};

TEST_F(VerifyStoredTest, CountsWhatHoldsAndDoesNotCallNothingASuccess) {
    EXPECT_EQ(verify_stored(database).error().kind, ErrorKind::not_found);
    for (const int more : {10, 300}) {
        append(more);
        ASSERT_TRUE(checkpointer()->run());
    }
    append(2);
    EXPECT_EQ(said(), "312 310 2");
}

// Every hash that the database has is made to fit: only the signatures know better.
TEST_F(VerifyStoredTest, AHistoryRewrittenToTheLastHashIsFoundByItsCheckpoints) {
    append(10);
    ASSERT_TRUE(checkpointer()->run());
    execute(
        "delete from entry; delete from node; update log_state set size = 0, frontier = x'', root = "
        "x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'");
    append(12, "書換え");
    ASSERT_TRUE(recompute(database));
    EXPECT_THAT(said(), HasSubstr("checkpoint of 10 entries"));
}

TEST_F(VerifyStoredTest, ACheckpointWithAnotherSignatureIsNamed) {
    append(10);
    ASSERT_TRUE(checkpointer()->run());
    execute("update checkpoint set note = replace(note, substr(note, -40, 4), 'AAAA')");
    EXPECT_THAT(said(), HasSubstr("checkpoint of 10 entries"));
}

}  // namespace
}  // namespace maru::ledger
