#include "witness/witness.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "ledger/cosignature.hpp"
#include "world.hpp"

namespace maru::witness {
namespace {

using ledger::MemoryLog;
using store::TemporaryFolder;

int status(Witness& witness, const ledger::AddCheckpoint& request) {
    return witness.add_checkpoint(to_text(request)).status;
}

TEST(Witness, AnswersThePublicExchange) {
    const TemporaryFolder folder;
    const auto key = ledger::to_cosigner(ledger::signing_key("cosigner"));
    auto witness =
        Witness::open(folder / "w.db", {key, {ledger::verifier_key("monkeys")}, clock_at(1'679'315'147)});
    ASSERT_TRUE(witness);
    const std::string first = ledger::vector_file("add-0-5.request");
    const Answer cosigned = witness->add_checkpoint(first);
    EXPECT_EQ(cosigned.status, 200);
    const std::string public_note = ledger::vector_file("cosigned.note");
    EXPECT_TRUE(public_note.ends_with(cosigned.body))
        << cosigned.body;  // same key, body and time: same bytes

    const Answer again = witness->add_checkpoint(first);
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.content_type, "text/x.tlog.size");
    EXPECT_EQ(again.body, "5\n");
    EXPECT_EQ(witness->add_checkpoint(ledger::vector_file("add-5-8.request")).status, 200);
}

TEST(Witness, CosignsGrowthAndSignsTheSameTreeAgain) {
    const TemporaryFolder folder;
    Witness witness = witness_of(folder / "w.db");
    const MemoryLog log = MemoryLog::decimals(300);
    EXPECT_EQ(status(witness, request_of(log, 0, 0)), 200);
    EXPECT_EQ(status(witness, request_of(log, 0, 7)), 200);
    EXPECT_EQ(status(witness, request_of(log, 7, 300)), 200);
    EXPECT_EQ(status(witness, {300, {}, note_of(log, 300)}), 200);
}

TEST(Witness, RefusesInTheOrderOfTheSpecification) {
    const TemporaryFolder folder;
    Witness witness = witness_of(folder / "w.db");
    const MemoryLog log = MemoryLog::decimals(20);
    MemoryLog other = MemoryLog::single_bytes(20);
    ASSERT_EQ(status(witness, request_of(log, 0, 10)), 200);

    EXPECT_EQ(witness.add_checkpoint("garbage").status, 400);
    EXPECT_EQ(status(witness, {20, {}, note_of(log, 10)}), 400);
    const auto stranger = key_named("other.example.jp", ledger::KeyType::ed25519, 9);
    EXPECT_EQ(status(witness, {0, {}, *sign_checkpoint({stranger.name, 1, log.root(1), {}}, stranger)}), 404);
    const auto forger = key_named(log_key.name, ledger::KeyType::ed25519, 9);
    EXPECT_EQ(status(witness, {10, {}, *sign_checkpoint({log_key.name, 10, log.root(10), {}}, forger)}), 403);
    std::string damaged = note_of(log, 10);
    damaged.replace(damaged.find("\n10\n"), 4, "\n11\n");
    EXPECT_EQ(status(witness, {10, {}, damaged}), 403);
    EXPECT_EQ(status(witness, request_of(log, 9, 20)), 409);
    EXPECT_EQ(status(witness, {10, {}, note_of(log, 20)}), 422);
    EXPECT_EQ(status(witness, {10, {}, note_of(other, 10)}), 422);
    EXPECT_EQ(status(witness, request_of(other, 10, 20)), 422);
    EXPECT_EQ(status(witness, request_of(log, 10, 20)), 200);
}

TEST(Witness, RefusesProofsAndRootsThatAnEmptyTreeCannotHave) {
    const TemporaryFolder folder;
    Witness witness = witness_of(folder / "w.db");
    const MemoryLog log = MemoryLog::decimals(2);
    EXPECT_EQ(status(witness, {0, {Hash{}}, note_of(log, 2)}), 422);
    EXPECT_EQ(status(witness, {0, {}, *sign_checkpoint({log_key.name, 0, Hash{}, {}}, log_key)}), 422);
}

TEST(Witness, RemembersAcrossARestartAndKeepsTheLogsSignature) {
    const TemporaryFolder folder;
    const MemoryLog log = MemoryLog::decimals(12);
    const std::string hash = ledger::origin_hash(log_key.name);
    {
        Witness witness = witness_of(folder / "w.db");
        EXPECT_EQ(witness.checkpoint(hash).status, 404);
        ASSERT_EQ(status(witness, request_of(log, 0, 12)), 200);
    }
    Witness witness = witness_of(folder / "w.db");
    EXPECT_EQ(status(witness, request_of(log, 5, 12)), 409);
    const Answer kept = witness.checkpoint(hash);
    const std::vector keys{log_key.verifier(), witness_key().verifier()};
    const auto note = ledger::parse_note(kept.body);
    ASSERT_TRUE(note) << kept.body;
    EXPECT_EQ(ledger::verify_note(*note, keys)->size(), 2u);
    EXPECT_TRUE(kept.body.starts_with(note_of(log, 12)));
}

TEST(Witness, TellsItsOperatorOnceAboutTwoHistoriesAndKeepsTheProof) {
    const TemporaryFolder folder;
    std::vector<std::string> told;
    const auto tell = [&](const Text& words) { told.push_back(words.en); };
    auto witness = *Witness::open(folder / "w.db", {witness_key(), {log_key.verifier()}, clock_at(1), tell});
    const MemoryLog log = MemoryLog::decimals(10), other = MemoryLog::single_bytes(10);
    ASSERT_EQ(status(witness, request_of(log, 0, 10)), 200);
    EXPECT_EQ(status(witness, {10, {}, note_of(other, 10)}), 422);
    EXPECT_EQ(status(witness, request_of(other, 4, 10)), 409);
    EXPECT_EQ(status(witness, request_of(log, 4, 10)), 409);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_TRUE(told[0].ends_with(note_of(other, 10))) << told[0];
    auto state = *store::Database::open(folder / "w.db", store::OpenMode::read_only);
    EXPECT_EQ(
        *state.query_integer("select count(*) from contradiction where note like '%example.co.jp/maru%'"), 1);
}

TEST(Witness, KeepsNothingOfStrangersLines) {
    const TemporaryFolder folder;
    Witness witness = witness_of(folder / "w.db");
    const MemoryLog log = MemoryLog::decimals(3);
    auto request = request_of(log, 0, 3);
    const std::string junk = to_text(ledger::NoteSignature{"evil.example", 7, Bytes(80, 1)});
    request.checkpoint += junk;
    ASSERT_EQ(status(witness, request), 200);
    EXPECT_EQ(witness.checkpoint(ledger::origin_hash(log_key.name)).body.find("evil"), std::string::npos);
}

// Two histories race for the same place: one wins, the other is refused; never both.
TEST(Witness, ComparesAndStoresInOneStepBetweenProcesses) {
    const TemporaryFolder folder;
    const MemoryLog one = MemoryLog::decimals(40), two = MemoryLog::single_bytes(40);
    for (std::uint64_t size = 1; size < 20; ++size) {
        const auto state = folder / (std::to_string(size) + ".db");
        Witness left = witness_of(state), right = witness_of(state);
        int first = 0, second = 0;
        std::thread racing([&] { first = status(left, request_of(one, 0, size)); });
        second = status(right, request_of(two, 0, size));
        racing.join();
        EXPECT_EQ(std::min(first, second), 200);
        EXPECT_EQ(std::max(first, second), 409);
    }
}

TEST(Witness, WantsKeysOfTheRightKinds) {
    const TemporaryFolder folder;
    EXPECT_FALSE(Witness::open(folder / "a.db", {log_key, {log_key.verifier()}}));
    EXPECT_FALSE(Witness::open(folder / "b.db", {witness_key(), {witness_key().verifier()}}));
    EXPECT_FALSE(Witness::open(folder / "c.db", {witness_key(), {}}));
}

}  // namespace
}  // namespace maru::witness
