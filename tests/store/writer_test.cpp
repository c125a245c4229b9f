#include "store/writer.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "temporary_folder.hpp"

namespace maru::store {
namespace {

Result<void> refusal() {
    return fail(ErrorKind::invalid, {"この記録は正しくありません。", "this record is wrong"});
}

Command insert(std::int64_t value) {
    return [value](Database& database) -> Result<void> {
        Statement* statement = TRY(database.cached("insert into t values (?1)"));
        return statement->bind(1, value).run();
    };
}

class WriterTest : public testing::Test {
protected:
    void SetUp() override {
        Database database = *Database::open(file, OpenMode::create);
        ASSERT_TRUE(database.execute("create table t (x integer primary key)"));
        reader.emplace(*Database::open(file, OpenMode::read_only));
    }
    std::unique_ptr<Writer> start(WriterHooks hooks = {}, WriterOptions options = {}) {
        return *Writer::start(*Database::open(file, OpenMode::read_write), std::move(hooks), options);
    }
    std::int64_t rows() { return **reader->query_integer("select count(*) from t"); }

    // Holds the writer inside its first command until `release`, so that what is submitted meanwhile becomes
    // one batch.
    struct Gate {
        std::promise<void> entered, opened;
        std::future<Result<void>> done;
    };
    void close(Writer& writer, Gate& gate) {
        gate.done = writer.submit([&gate](Database&) -> Result<void> {
            gate.entered.set_value();
            gate.opened.get_future().wait();
            return {};
        });
        gate.entered.get_future().wait();
    }

    TemporaryFolder folder;
    std::filesystem::path file = folder / "maru.db";
    std::optional<Database> reader;
};

TEST_F(WriterTest, WhatIsAnsweredIsVisibleToOthersAtOnce) {
    const auto writer = start();
    for (std::int64_t i = 1; i <= 20; ++i) {
        ASSERT_TRUE(writer->run(insert(i)));
        EXPECT_EQ(rows(), i);
    }
}

TEST_F(WriterTest, NothingIsAnsweredBeforeItsBatchIsCommitted) {
    WriterHooks hooks;
    std::vector<std::future<Result<void>>> answers;
    std::atomic<bool> answered_early = false;
    hooks.before_commit = [&](Database&) -> Result<void> {
        for (const auto& answer : answers)
            if (answer.valid() && answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready)
                answered_early = true;
        return {};
    };
    const auto writer = start(hooks);
    Gate gate;
    close(*writer, gate);
    for (std::int64_t i = 0; i < 10; ++i) answers.push_back(writer->submit(insert(i)));
    EXPECT_EQ(rows(), 0);
    gate.opened.set_value();
    for (auto& answer : answers) answer.wait();
    EXPECT_FALSE(answered_early);
    EXPECT_EQ(rows(), 10);
}

TEST_F(WriterTest, ABadCommandFailsAlone) {
    const auto writer = start();
    Gate gate;
    close(*writer, gate);
    auto before = writer->submit(insert(1));
    auto wrong = writer->submit([](Database& database) -> Result<void> {
        TRY(database.execute("insert into t values (2)"));
        return refusal();
    });
    auto duplicate = writer->submit(insert(1));
    auto thrown = writer->submit([](Database&) -> Result<void> { throw std::runtime_error("x"); });
    auto after = writer->submit(insert(3));
    gate.opened.set_value();
    EXPECT_TRUE(before.get());
    EXPECT_EQ(wrong.get().error().message.en, "this record is wrong");
    EXPECT_EQ(duplicate.get().error().kind, ErrorKind::conflict);
    EXPECT_EQ(thrown.get().error().kind, ErrorKind::internal);
    EXPECT_TRUE(after.get());
    EXPECT_EQ(rows(), 2);
    EXPECT_EQ(*reader->query_integer("select sum(x) from t"), 4);
}

TEST_F(WriterTest, ABadCommandAloneInItsBatchLeavesNothing) {
    const auto writer = start();
    EXPECT_FALSE(writer->run([](Database& database) -> Result<void> {
        TRY(database.execute("insert into t values (2)"));
        return refusal();
    }));
    EXPECT_EQ(rows(), 0);
    EXPECT_TRUE(writer->run(insert(2)));
}

TEST_F(WriterTest, QueuedCommandsShareTransactionsUpToTheLimit) {
    int transactions = 0;
    WriterHooks hooks;
    hooks.on_begin = [&](Database&) -> Result<void> { return ++transactions, Result<void>(); };
    {
        const auto writer = start(hooks, {.batch_limit = 4});
        Gate gate;
        close(*writer, gate);
        std::vector<std::future<Result<void>>> answers;
        for (std::int64_t i = 0; i < 10; ++i) answers.push_back(writer->submit(insert(i)));
        gate.opened.set_value();
        for (auto& answer : answers) EXPECT_TRUE(answer.get());
    }
    EXPECT_EQ(transactions, 1 + 3);  // the gate, then 4 + 4 + 2
}

TEST_F(WriterTest, AnExclusiveCommandSharesWithNobody) {
    std::vector<int> sizes;
    WriterHooks hooks;
    hooks.on_begin = [&](Database&) -> Result<void> { return sizes.push_back(0), Result<void>(); };
    hooks.on_command_start = [&] { ++sizes.back(); };
    {
        const auto writer = start(hooks);
        Gate gate;
        close(*writer, gate);
        std::vector<std::future<Result<void>>> good;
        good.push_back(writer->submit(insert(1)));
        good.push_back(writer->submit(insert(2)));
        auto refused = writer->submit_exclusive([](Database& database) -> Result<void> {
            TRY(database.execute("insert into t values (3), (4)"));
            return refusal();
        });
        good.push_back(writer->submit_exclusive(insert(5)));
        good.push_back(writer->submit(insert(6)));
        good.push_back(writer->submit(insert(7)));
        gate.opened.set_value();
        EXPECT_FALSE(refused.get());
        for (auto& answer : good) EXPECT_TRUE(answer.get());
    }
    EXPECT_EQ(sizes, (std::vector{1, 2, 1, 1, 2}));  // the gate, shared, refused, 5, shared
    EXPECT_EQ(*reader->query_integer("select sum(x) from t"), 1 + 2 + 5 + 6 + 7);
}

TEST_F(WriterTest, WhenTheCommitFailsNobodyHearsYes) {
    bool refuse = true;
    int failed_commits = 0;
    WriterHooks hooks;
    hooks.before_commit = [&](Database&) -> Result<void> { return refuse ? refusal() : Result<void>(); };
    hooks.on_commit_failed = [&] { ++failed_commits; };
    const auto writer = start(hooks);
    Gate gate;
    close(*writer, gate);
    auto first = writer->submit(insert(1));
    auto second = writer->submit([](Database&) -> Result<void> {
        return fail(ErrorKind::not_found, {"自分の誤り", "its own error"});
    });
    gate.opened.set_value();
    EXPECT_FALSE(gate.done.get());
    EXPECT_EQ(first.get().error().message.en, "this record is wrong");
    EXPECT_EQ(second.get().error().message.en, "its own error");
    EXPECT_EQ(failed_commits, 2);
    EXPECT_EQ(rows(), 0);
    EXPECT_FALSE(writer->run([&](Database&) -> Result<void> { return refuse = false, refusal(); }));
    EXPECT_TRUE(writer->run(insert(1)));
}

TEST_F(WriterTest, AFullDiskFailsTheWholeBatchAndTheWriterLivesOn) {
    int failed_commits = 0;
    WriterHooks hooks;
    hooks.on_commit_failed = [&] { ++failed_commits; };
    const auto writer = start(hooks);
    Gate gate;
    close(*writer, gate);
    auto before = writer->submit(insert(1));
    auto full = writer->submit([](Database& database) -> Result<void> {
        TRY(database.execute("pragma max_page_count = 3"));
        return database.execute("create table big as select zeroblob(1000000) as x");
    });
    auto after = writer->submit(insert(2));
    gate.opened.set_value();
    EXPECT_EQ(full.get().error().kind, ErrorKind::unavailable);
    const Result<void> first = before.get(), last = after.get();
    EXPECT_EQ(first.has_value() + last.has_value(),
              rows());  // whatever was answered is there, and nothing else
    EXPECT_TRUE(writer->run(insert(7)));
}

TEST_F(WriterTest, HooksFollowEveryCommand) {
    std::string calls;
    WriterHooks hooks;
    hooks.on_begin = [&](Database&) -> Result<void> { return calls += "B", Result<void>(); };
    hooks.on_command_start = [&] { calls += "s"; };
    hooks.on_command_rolled_back = [&] { calls += "r"; };
    hooks.before_commit = [&](Database&) -> Result<void> { return calls += "C", Result<void>(); };
    {
        const auto writer = start(hooks);
        Gate gate;
        close(*writer, gate);
        auto good = writer->submit(insert(1));
        auto bad = writer->submit([](Database&) { return refusal(); });
        auto good_again = writer->submit(insert(2));
        gate.opened.set_value();
        good_again.wait();
        EXPECT_FALSE(writer->run([](Database&) { return refusal(); }));
    }
    EXPECT_EQ(calls, "BsCBssrsCBsr");
}

TEST_F(WriterTest, ManyThreadsLoseNothing) {
    constexpr std::int64_t threads = 8, each = 100;
    std::atomic<int> failures = 0;
    {
        const auto writer = start();
        std::vector<std::thread> callers;
        for (std::int64_t caller = 0; caller < threads; ++caller)
            callers.emplace_back([&, caller] {
                for (std::int64_t i = 0; i < each; ++i)
                    if (!writer->run(insert(caller * each + i))) ++failures;
            });
        for (std::thread& caller : callers) caller.join();
    }
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(rows(), threads * each);
}

TEST_F(WriterTest, AnswersWhatIsQueuedBeforeItStops) {
    std::vector<std::future<Result<void>>> answers;
    {
        const auto writer = start({}, {.batch_limit = 7});
        for (std::int64_t i = 0; i < 100; ++i) answers.push_back(writer->submit(insert(i)));
    }
    for (auto& answer : answers) EXPECT_TRUE(answer.get());
    EXPECT_EQ(rows(), 100);
}

TEST_F(WriterTest, ALockedDatabaseIsAnErrorForTheWholeBatch) {
    Database other = *Database::open(file, OpenMode::read_write);
    Transaction held = *Transaction::begin(other);
    Database own = *Database::open(file, OpenMode::read_write);
    own.set_lock_wait(std::chrono::milliseconds(1));
    const auto writer = *Writer::start(std::move(own), {});
    EXPECT_EQ(writer->run(insert(1)).error().kind, ErrorKind::unavailable);
    ASSERT_TRUE(held.commit());
    EXPECT_TRUE(writer->run(insert(1)));
}

}  // namespace
}  // namespace maru::store
