#include "ledger/log.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "crypto/hash.hpp"

namespace maru::ledger {
namespace {

using namespace std::chrono_literals;
using store::Database;

const Instant morning = *parse_instant("2026-11-23T00:15:00.123Z");

Entry entry_at(Instant at, std::string note = "") {
    Entry entry;
    entry.kind = "put";
    entry.register_name = "device";
    entry.record = "42";
    entry.version = 1;
    entry.at = at;
    entry.note = std::move(note);
    return entry;
}

class LogTest : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(store::migrate(database, Log::migrations())); }

    // Appends and saves `count` entries, one minute apart.
    void fill(int count) {
        Log log = *Log::load(database);
        for (int i = 0; i < count; ++i)
            ASSERT_TRUE(log.append(database, entry_at(morning + i * 1min, fmt::format("{}件目", i))));
        ASSERT_TRUE(log.save_state(database));
    }
    std::string damage_found() {
        const Result<LogState> state = recompute(database);
        if (state) return "nothing";
        EXPECT_EQ(state.error().kind, ErrorKind::corrupt);
        return state.error().message.en;
    }

    Database database = *Database::in_memory();
};

TEST(Envelope, IsReadBack) {
    Entry entry = entry_at(morning, "理由: \"交換\"\n\x01\\");
    entry.version = 3;
    entry.previous = 1041;
    entry.actor = "tag:9f";
    entry.commitment = crypto::sha256(as_bytes("abc"));
    for (const Entry& one : {entry, Entry{.kind = "organisation", .at = morning}}) {
        const Result<Entry> read = decode(encode(one));
        ASSERT_TRUE(read) << read.error().message.en;
        EXPECT_EQ(encode(*read), encode(one));
        EXPECT_EQ(read->at, one.at);
        EXPECT_EQ(read->previous, one.previous);
        EXPECT_EQ(read->note, one.note);
    }
}

TEST(Envelope, WrittenOtherwiseIsRefused) {
    const std::string good = encode(entry_at(morning, "A"));
    ASSERT_TRUE(decode(good));
    const auto with = [&](std::string_view what, std::string_view instead) {
        std::string text = good;
        text.replace(text.find(what), what.size(), instead);
        return text;
    };
    for (const std::string& bad :
         {std::string(), good + " ", good.substr(0, good.size() - 1), with("\"v\":1", "\"v\":2"),
          with("\"A\"", "\"\\u0041\""), with("\"version\":1", "\"version\":01"),
          with("\"version\":1", "\"version\": 1"), with(",\"kind\"", ",\"more\":1,\"kind\""),
          with("00.123Z", "00.1234Z"), with("\"note\":\"A\"", "\"note\":\"A"), with("A\"}", "\\")})
        EXPECT_FALSE(decode(bad)) << bad;
}

TEST(Envelope, HasFixedKeysInFixedOrder) {
    Entry entry = entry_at(morning, "理由: \"交換\"\n\x01");
    entry.version = 3;
    entry.previous = 1041;
    entry.actor = "tag:9f";
    entry.commitment = crypto::sha256(as_bytes("abc"));
    EXPECT_EQ(encode(entry),
              "{\"v\":1,\"at\":\"2026-11-23T00:15:00.123Z\",\"kind\":\"put\",\"register\":\"device\","
              "\"record\":\"42\",\"version\":3,"
              "\"previous\":1041,\"actor\":\"tag:9f\","
              "\"commitment\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\","
              "\"note\":\"理由: \\\"交換\\\"\\n\\u0001\"}");
}

TEST(Envelope, LeavesOutWhatIsEmpty) {
    Entry entry;
    entry.kind = "organisation";
    entry.at = morning;
    EXPECT_EQ(encode(entry), "{\"v\":1,\"at\":\"2026-11-23T00:15:00.123Z\",\"kind\":\"organisation\"}");
}

TEST_F(LogTest, StartsEmpty) {
    const Result<Log> log = Log::load(database);
    ASSERT_TRUE(log);
    EXPECT_EQ(log->next_index(), 0);
    EXPECT_EQ(log->state().root, empty_root());
    EXPECT_EQ(recompute(database)->size, 0u);
    EXPECT_EQ(*entries_known_at(database, morning), 0);
}

TEST_F(LogTest, IndexesAreDenseAndTheRootIsThatOfTheBodies) {
    Log log = *Log::load(database);
    std::vector<Hash> leaves;
    for (int i = 0; i < 600; ++i) {
        const Entry entry = entry_at(morning + i * 1s);
        EXPECT_EQ(*log.append(database, entry), i);
        leaves.push_back(leaf_hash(as_bytes(encode(entry))));
    }
    ASSERT_TRUE(log.save_state(database));
    EXPECT_EQ(log.state().root, root_of(leaves));
    EXPECT_EQ(Log::load(database)->state().root, root_of(leaves));
    EXPECT_EQ(recompute(database)->root, root_of(leaves));
    EXPECT_EQ(*database.query_integer("select count(*) from node where level = 8"), 2);
}

TEST_F(LogTest, TimesNeverDecreaseAlsoAfterLoadingAgain) {
    Log log = *Log::load(database);
    ASSERT_TRUE(log.append(database, entry_at(morning)));
    ASSERT_TRUE(log.append(database, entry_at(morning - 1h)));  // the clock was set back
    ASSERT_TRUE(log.save_state(database));
    EXPECT_EQ(*time_of(database, 1), morning);
    Log again = *Log::load(database);
    ASSERT_TRUE(again.append(database, entry_at(morning - 2h)));
    ASSERT_TRUE(again.save_state(database));
    EXPECT_EQ(*time_of(database, 2), morning);
    EXPECT_EQ(damage_found(), "nothing");
}

TEST_F(LogTest, KnowsHowManyEntriesWereKnownAtAnInstant) {
    fill(5);
    EXPECT_EQ(*entries_known_at(database, morning - 1ms), 0);
    EXPECT_EQ(*entries_known_at(database, morning), 1);
    EXPECT_EQ(*entries_known_at(database, morning + 2min + 59s), 3);
    EXPECT_EQ(*entries_known_at(database, morning + 4min), 5);
    EXPECT_EQ(*entries_known_at(database, morning + 24h), 5);
    EXPECT_EQ(time_of(database, 5).error().kind, ErrorKind::not_found);
}

TEST_F(LogTest, CountsAllEntriesOfTheSameMillisecondAsKnown) {
    Log log = *Log::load(database);
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(log.append(database, entry_at(morning)));
    EXPECT_EQ(*entries_known_at(database, morning), 4);
}

TEST_F(LogTest, RollsBackToItsMarkAndToItsBatch) {
    fill(2);
    Log log = *Log::load(database);
    const Hash before = log.state().root;
    log.begin_batch();
    ASSERT_TRUE(database.execute("begin; savepoint s"));
    log.mark();
    ASSERT_TRUE(log.append(database, entry_at(morning + 1h, "残る")));
    ASSERT_TRUE(database.execute("release s; savepoint s"));
    log.mark();
    const Hash kept = log.state().root;
    ASSERT_TRUE(log.append(database, entry_at(morning + 2h, "取り消される")));
    ASSERT_TRUE(database.execute("rollback to s; release s"));
    log.roll_back_to_mark();
    EXPECT_EQ(log.state().root, kept);
    EXPECT_EQ(log.next_index(), 3);
    ASSERT_TRUE(log.append(database, entry_at(morning + 90min, "前より早い時刻のまま")));
    EXPECT_EQ(*time_of(database, 3), morning + 90min);
    ASSERT_TRUE(database.execute("rollback"));
    log.roll_back_batch();
    EXPECT_EQ(log.state().root, before);
    EXPECT_EQ(Log::load(database)->state().root, before);
}

TEST_F(LogTest, RefusesEntriesThatAreTooLongOrNoText) {
    Log log = *Log::load(database);
    EXPECT_EQ(log.append(database, entry_at(morning, std::string(4096, 'x'))).error().kind,
              ErrorKind::invalid);
    EXPECT_EQ(log.append(database, entry_at(morning, "\xff")).error().kind, ErrorKind::invalid);
    EXPECT_EQ(log.next_index(), 0);
    EXPECT_EQ(*database.query_integer("select count(*) from entry"), 0);
}

TEST_F(LogTest, IsRefusedWhenItsStateDoesNotFit) {
    fill(3);
    ASSERT_TRUE(database.execute("update log_state set root = zeroblob(32)"));
    EXPECT_EQ(Log::load(database).error().kind, ErrorKind::corrupt);
}

TEST_F(LogTest, IsRefusedWhenEntriesWereCutOff) {
    fill(3);
    ASSERT_TRUE(database.execute("delete from entry where idx = 2"));
    EXPECT_EQ(Log::load(database).error().kind, ErrorKind::corrupt);
}

TEST_F(LogTest, IsRefusedWithoutItsStateRow) {
    ASSERT_TRUE(database.execute("delete from log_state"));
    EXPECT_EQ(Log::load(database).error().kind, ErrorKind::corrupt);
}

TEST_F(LogTest, RecomputationFindsAChangedBody) {
    fill(300);
    ASSERT_TRUE(
        database.execute("update entry set body = cast(replace(cast(body as text), '17件目', '18件目') as "
                         "blob) where idx = 17"));
    EXPECT_NE(damage_found().find("entry 17"), std::string::npos);
}

TEST_F(LogTest, RecomputationFindsABodyThatWasChangedWithItsLeaf) {
    fill(300);
    const std::string forged = encode(entry_at(morning + 17min, "偽造"));
    store::Statement statement = *database.prepare("update entry set body = ?1, leaf = ?2 where idx = 17");
    const Hash leaf = leaf_hash(as_bytes(forged));
    ASSERT_TRUE(statement.bind(1, as_bytes(forged)).bind(2, ByteView(leaf)).run());
    EXPECT_NE(damage_found().find("node 8/0"), std::string::npos);
}

TEST_F(LogTest, RecomputationFindsAChangedTime) {
    fill(3);
    ASSERT_TRUE(database.execute("update entry set at = at + 1 where idx = 2"));
    EXPECT_NE(damage_found().find("entry 2"), std::string::npos);
}

TEST_F(LogTest, RecomputationFindsMissingEntriesAndStrayNodes) {
    fill(3);
    ASSERT_TRUE(database.execute("insert into node values (8, 7, zeroblob(32))"));
    EXPECT_NE(damage_found().find("1 nodes instead of 0"), std::string::npos);
    ASSERT_TRUE(database.execute("delete from node; delete from entry where idx = 1"));
    EXPECT_NE(damage_found().find("entry 2"), std::string::npos);
}

TEST_F(LogTest, FollowsTheWriterThroughBadCommandsAndFailedCommits) {
    Log log = *Log::load(database);
    bool refuse_commit = false;
    store::WriterHooks hooks;
    hooks.on_begin = [&](Database&) -> Result<void> { return log.begin_batch(), Result<void>(); };
    hooks.on_command_start = [&] { log.mark(); };
    hooks.on_command_rolled_back = [&] { log.roll_back_to_mark(); };
    hooks.before_commit = [&](Database& db) -> Result<void> {
        if (refuse_commit) return fail(ErrorKind::unavailable, {"試験", "test"});
        return log.save_state(db);
    };
    hooks.on_commit_failed = [&] { log.roll_back_batch(); };
    const auto put = [&](Database& db) -> Result<void> {
        return TRY(log.append(db, entry_at(morning))), Result<void>();
    };
    const auto bad = [&](Database& db) -> Result<void> {
        TRY(log.append(db, entry_at(morning)));
        return fail(ErrorKind::invalid, {"だめ", "bad"});
    };
    auto writer = *store::Writer::start(std::move(database), hooks);
    EXPECT_TRUE(writer->run(put));
    EXPECT_FALSE(writer->run(bad));
    EXPECT_TRUE(writer->run(put));
    EXPECT_TRUE(writer->run([&](Database&) -> Result<void> { return refuse_commit = true, Result<void>(); })
                    .error()
                    .kind == ErrorKind::unavailable);
    EXPECT_TRUE(
        writer->run([&](Database&) -> Result<void> { return refuse_commit = false, Result<void>(); }));
    EXPECT_TRUE(writer->run(put));
    Result<LogState> state;
    EXPECT_TRUE(
        writer->run([&](Database& db) -> Result<void> { return state = recompute(db), Result<void>(); }));
    ASSERT_TRUE(state) << state.error().message.en;
    EXPECT_EQ(state->size, 3u);
    EXPECT_EQ(state->root, log.state().root);
}

}  // namespace
}  // namespace maru::ledger
