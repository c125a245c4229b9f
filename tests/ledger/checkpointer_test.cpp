// What is signed, when, and when not: the promise is that two checkpoints never contradict each other.
#include "ledger/checkpointer.hpp"

#include "ledger/cosignature.hpp"
#include "stored_log.hpp"

namespace maru::ledger {
namespace {

using testing::HasSubstr;

class CheckpointerTest : public StoredLogTest {
protected:
    std::int64_t count(const std::string& table) {
        return *database.query_integer("select count(*) from " + table).value();
    }
    Error refused() {
        const auto signed_one = checkpointer()->run();
        return signed_one ? Error{ErrorKind::internal, {"署名された", "it was signed"}} : signed_one.error();
    }
};

TEST_F(CheckpointerTest, SignsTheCommittedSizeOnceAndAnchorsIt) {
    append(300);
    const auto signer = checkpointer();
    const auto first = signer->run();
    ASSERT_TRUE(first) << first.error().message.en;
    EXPECT_EQ(first->checkpoint, (Checkpoint{key.name, 300, root_of_first(300), {}}));
    EXPECT_TRUE(open_checkpoint(first->note, std::vector{key.verifier()}));
    EXPECT_EQ(signer->run()->note, first->note);
    EXPECT_EQ(count("checkpoint"), 1);
    EXPECT_EQ(anchor().read().value()->checkpoint, first->checkpoint);
}

TEST_F(CheckpointerTest, FollowsTheLogInMemoryAndAfterARestart) {
    const auto signer = checkpointer();
    for (const int more : {0, 1, 254, 1, 1, 400}) {
        append(more);
        const auto size =
            static_cast<std::size_t>(*database.query_integer("select size from log_state").value());
        ASSERT_EQ(signer->run()->checkpoint.root, root_of_first(size));
        ASSERT_EQ(checkpointer()->run()->checkpoint.size, size);
    }
    EXPECT_EQ(count("checkpoint"), 6);
}

TEST_F(CheckpointerTest, BringsTheAnchorForwardAfterACrashBeforeIt) {
    append(3);
    CheckpointerOptions without = options();
    without.anchor.reset();
    ASSERT_TRUE(checkpointer(std::move(without))->run());
    EXPECT_FALSE(*anchor().read());
    ASSERT_TRUE(checkpointer()->run());
    EXPECT_EQ((*anchor().read())->checkpoint.size, 3u);
}

TEST_F(CheckpointerTest, AnEntryThatWasChangedAfterItsCommitIsNotSigned) {
    append(5);
    ASSERT_TRUE(checkpointer()->run());
    append(5);
    execute("update entry set body = replace(body, '記録 7', '記録 8') where idx = 7");
    EXPECT_THAT(refused().message.en, HasSubstr("entry 7"));
    EXPECT_EQ(count("checkpoint"), 1);
}

TEST_F(CheckpointerTest, AHistoryThatWasReplacedBeforeItsCheckpointIsNotSignedOn) {
    append(300);
    ASSERT_TRUE(checkpointer()->run());
    execute(
        "delete from entry; delete from node; update log_state set size = 0, frontier = x'', root = "
        "x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'");
    append(301, "差替え");
    EXPECT_EQ(refused().kind, ErrorKind::corrupt);
    EXPECT_EQ(count("checkpoint"), 1);
}

TEST_F(CheckpointerTest, ANodeThatDoesNotFitItsEntriesIsNotSigned) {
    append(300);
    execute("update node set hash = zeroblob(32)");
    EXPECT_THAT(refused().message.en, HasSubstr("node 8/0"));
}

TEST_F(CheckpointerTest, ADatabaseOlderThanTheAnchorIsNotSigned) {
    append(10);
    const fs::path backup = folder / "backup.db";
    execute("vacuum into '" + backup.string() + "'");
    append(5);
    ASSERT_TRUE(checkpointer()->run());
    database = *store::Database::open(backup, store::OpenMode::read_write);
    file = backup;
    EXPECT_EQ(refused().kind, ErrorKind::unavailable);
    EXPECT_THAT(refused().message.en, HasSubstr("15 entries"));
    append(20, "別の");  // grown past the anchor meanwhile: still another history
    EXPECT_THAT(refused().message.en, HasSubstr("contradicts"));
    EXPECT_EQ(count("checkpoint"), 0);
    EXPECT_EQ((*anchor().read())->checkpoint.size, 15u);
}

TEST_F(CheckpointerTest, ACopyWithTheSameKeyIsStoppedByTheSharedAnchor) {
    append(10);
    ASSERT_TRUE(checkpointer()->run());
    const fs::path copy = folder / "copy.db";
    execute("vacuum into '" + copy.string() + "'");
    append(1, "元");
    ASSERT_TRUE(checkpointer()->run());
    database = *store::Database::open(copy, store::OpenMode::read_write);
    file = copy;
    append(1, "写し");
    EXPECT_EQ(refused().kind, ErrorKind::unavailable);
}

TEST_F(CheckpointerTest, ADamagedAnchorStopsSigningUntilSomebodyHasLooked) {
    append(1);
    ASSERT_TRUE(checkpointer()->run());
    append(1);
    ASSERT_TRUE(store::replace_file(anchor().file(), as_bytes("壊れた\n"), store::Access::owner_only));
    EXPECT_EQ(refused().kind, ErrorKind::corrupt);
    EXPECT_THAT(refused().message.ja, HasSubstr(anchor().file().string()));
    fs::remove(anchor().file());
    EXPECT_EQ(checkpointer()->run()->checkpoint.size, 2u);
}

TEST_F(CheckpointerTest, AnAnchorOfAnotherKeyIsDamaged) {
    append(1);
    SigningKey other = test_key();
    other.key = crypto::Ed25519Key::from_seed(crypto::Seed{8});
    const std::string note = *sign_checkpoint({key.name, 1, root_of_first(1), {}}, other);
    fs::create_directories(anchor().file().parent_path());
    ASSERT_TRUE(anchor().write(note));
    EXPECT_EQ(refused().kind, ErrorKind::corrupt);
}

TEST_F(CheckpointerTest, KeepsOneCheckpointAnHourAndAllThatOthersVouchedFor) {
    const auto signer = checkpointer();
    for (int minute = 0; minute < 180; minute += 10) {
        append(1);
        ASSERT_TRUE(signer->run());
        if (minute == 20) ASSERT_TRUE(store_cosignature(database, {3, "witness", "— witness x\n", 1}));
        if (minute == 30) execute("insert into timestamp values (4, x'00', x'00')");
        now += 10min;
    }
    std::vector<std::int64_t> sizes;
    auto query = database.prepare("select size from checkpoint order by size");
    while (const auto row = *query->step()) sizes.push_back(row->integer(0));
    EXPECT_EQ(sizes, (std::vector<std::int64_t>{3, 4, 5, 11, 12, 13, 14, 15, 16, 17, 18}));
    ASSERT_TRUE(signer->run());
}

TEST_F(CheckpointerTest, StepsComeInTheOrderThatSurvivesACrash) {
    append(2);
    std::vector<CheckpointStep> steps;
    CheckpointerOptions watched = options();
    watched.reached = [&](CheckpointStep step) {
        steps.push_back(step);
        const bool stored = count("checkpoint") > 0;
        EXPECT_EQ(stored, step >= CheckpointStep::stored);
        EXPECT_EQ(fs::exists(anchor().file()), step >= CheckpointStep::anchored);
    };
    ASSERT_TRUE(checkpointer(std::move(watched))->run());
    EXPECT_THAT(steps, testing::ElementsAre(CheckpointStep::read, CheckpointStep::verified,
                                            CheckpointStep::guarded, CheckpointStep::signed_note,
                                            CheckpointStep::stored, CheckpointStep::anchored));
}

TEST_F(CheckpointerTest, ACheckpointOfTheSameSizeWithAnotherRootIsNeverStored) {
    append(4);
    ASSERT_TRUE(checkpointer()->run());
    StoredCheckpoint other;
    other.checkpoint = {key.name, 4, root_of_first(3), {}};
    other.note = *sign_checkpoint(other.checkpoint, key);
    EXPECT_EQ(store_checkpoint(database, other).error().kind, ErrorKind::corrupt);
    other.checkpoint = {key.name, 3, root_of_first(3), {}};
    other.note = *sign_checkpoint(other.checkpoint, key);
    EXPECT_EQ(store_checkpoint(database, other).error().kind, ErrorKind::corrupt);
    EXPECT_EQ(count("checkpoint"), 1);
}

TEST_F(CheckpointerTest, ThePublishedNoteCarriesTheCosignatures) {
    append(1);
    const auto signed_one = *checkpointer()->run();
    const SigningKey witness{"witness.example", KeyType::cosignature,
                             crypto::Ed25519Key::from_seed(crypto::Seed{9})};
    const Note note = *parse_note(signed_one.note);
    const std::string line = to_text(cosign(note.text, witness, 1'790'000'000));
    ASSERT_TRUE(store_cosignature(database, {1, witness.name, line, 1'790'000'000}));
    const std::string published = *published_note(database, signed_one);
    EXPECT_EQ(parse_note(published)->signatures.size(), 2u);
    EXPECT_EQ(*stored_file(database, "checkpoint"), Bytes(published.begin(), published.end()));
    EXPECT_EQ(checkpoint_covering(database, 0).value()->note, signed_one.note);
    EXPECT_FALSE(checkpoint_covering(database, 1).value());
}

}  // namespace
}  // namespace maru::ledger
