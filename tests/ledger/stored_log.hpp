// A log in a database file, with its key and anchor, for the tests of what is stored and signed.
#pragma once

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "ledger/checkpointer.hpp"
#include "ledger/log.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "ledger/stored_tiles.hpp"
#include "store/files.hpp"
#include "tests/store/temporary_folder.hpp"

namespace maru::ledger {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

const Instant stored_log_start = *parse_instant("2026-11-23T00:15:00.000Z");

inline SigningKey test_key(std::string name = "example.jp/log") {
    return SigningKey{std::move(name), KeyType::ed25519, crypto::Ed25519Key::from_seed(crypto::Seed{7})};
}

class StoredLogTest : public testing::Test {
protected:
    void SetUp() override {
        std::vector<store::Migration> migrations(Log::migrations().begin(), Log::migrations().end());
        migrations.push_back(checkpoint_tables(2));
        ASSERT_TRUE(store::migrate(database, migrations));
        ASSERT_TRUE(store_log_key(database, key.verifier(), 0));
    }

    // Appends entries in one transaction each call, a second apart.
    void append(int count, const std::string& note = "記録") {
        Log log = *Log::load(database);
        auto transaction = store::Transaction::begin(database);
        for (int i = 0; i < count; ++i) {
            Entry entry;
            entry.kind = "put";
            entry.at = stored_log_start + log.next_index() * 1s;
            entry.note = fmt::format("{} {}", note, log.next_index());
            ASSERT_TRUE(log.append(database, entry));
        }
        ASSERT_TRUE(log.save_state(database));
        ASSERT_TRUE(transaction->commit());
    }
    std::vector<Hash> leaves() {
        std::vector<Hash> out;
        auto query = database.prepare("select leaf from entry order by idx");
        while (const auto row = *query->step()) std::ranges::copy(row->blob(0), out.emplace_back().begin());
        return out;
    }
    Hash root_of_first(std::size_t size) { return root_between(0, size); }
    Hash root_between(std::size_t begin, std::size_t end) {
        const std::vector<Hash> all = leaves();
        return root_of(std::span(all).subspan(begin, end - begin));
    }

    Anchor anchor() { return Anchor(folder / "anchors", key.verifier()); }
    CheckpointerOptions options() {
        CheckpointerOptions out;
        out.anchor = anchor();
        out.clock = [this] { return now; };
        out.write = [this](store::Command command) -> Result<void> {
            store::Transaction transaction = TRY(store::Transaction::begin(database));
            TRY(command(database));
            return transaction.commit();
        };
        return out;
    }
    std::unique_ptr<Checkpointer> checkpointer() { return checkpointer(options()); }
    std::unique_ptr<Checkpointer> checkpointer(CheckpointerOptions with) {
        return std::make_unique<Checkpointer>(*store::Database::open(file, store::OpenMode::read_only), key,
                                              std::move(with));
    }
    void execute(const std::string& sql) { ASSERT_TRUE(database.execute(sql)); }

    store::TemporaryFolder folder;
    fs::path file = folder / "maru.db";
    store::Database database = *store::Database::open(file, store::OpenMode::create);
    SigningKey key = test_key();
    Instant now = stored_log_start + 24h;
};

}  // namespace maru::ledger
