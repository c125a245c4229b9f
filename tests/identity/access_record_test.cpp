#include "identity/access_record.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include "crypto/hash.hpp"
#include "world.hpp"

namespace maru::identity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

AccessLine line_of(Instant at, std::vector<std::int64_t> records = {17}) {
    return {at, "person:3", "person", std::move(records), {2, 9}, "7F3A-21C0"};
}

TEST(AccessLine, IsReadBack) {
    const Instant at = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 9h + 5ms;
    const AccessLine line = line_of(at, {3, 4, 5, 6, 12, 11, 90});
    EXPECT_EQ(encode(line), "2026-11-23T09:00:00.005Z\tperson:3\tperson\t3-6,12,11,90\t2,9\t7F3A-21C0");
    EXPECT_EQ(*decode_access_line(encode(line)), line);
    for (const auto* wrong :
         {"", "\t\t\t\t\t", "2026-11-23T09:00:00.005Z\ta\tb\t6-3\t1\tr",
          "2026-11-23T09:00:00.005Z\ta\tb\t3,4\t1\tr", "2026-11-23T09:00:00.005Z\ta\tb\t1-99999999999\t1\tr",
          "2026-11-23T09:00:00.005Z\ta\tb\t03\t1\tr"})
        EXPECT_FALSE(decode_access_line(wrong)) << wrong;
}

class AccessRecordTest : public IdentityTest {
protected:
    std::uint64_t entries() { return organisation_->ledger_state().size; }
    void tick() {
        auto done = store_->tick(*organisation_);
        EXPECT_TRUE(done) << done.error().message.en;
    }
    AccessVerification verify() {
        auto ledger = reader();
        auto out = store_->verify_accesses(ledger);
        EXPECT_TRUE(out) << out.error().message.en;
        return out ? *out : AccessVerification{};
    }
    void note(int lines) {
        for (int i = 0; i < lines; ++i) store_->note_access(line_of(now_, {i + 1}));
    }
    void tamper(std::string_view sql) {
        store_.reset();
        auto database = store::Database::open(home() / "access.db", store::OpenMode::read_write);
        ASSERT_TRUE(database);
        ASSERT_TRUE(database->execute(sql));
        start();
    }
};

TEST_F(AccessRecordTest, IsSealedAfterAMinute) {
    const auto before = entries();
    note(3);
    tick();
    EXPECT_EQ(entries(), before) << "a few lines wait for more";
    now_ += 60s;
    tick();
    EXPECT_EQ(entries(), before + 1);
    tick();
    EXPECT_EQ(entries(), before + 1);
    auto ledger = reader();
    const auto entry = ledger::entry_at(ledger, static_cast<std::int64_t>(before));
    EXPECT_EQ(entry->kind, "access");
    EXPECT_EQ(entry->note, "batch=1; lines=3; from=2026-11-23T09:00:00Z; to=2026-11-23T09:00:00Z");
    const AccessVerification all = verify();
    EXPECT_EQ(all.batches, 1);
    EXPECT_EQ(all.lines, 3);
    EXPECT_TRUE(all.faults.empty());
}

TEST_F(AccessRecordTest, IsSealedByTheThousand) {
    const auto before = entries();
    note(2500);
    tick();
    EXPECT_EQ(entries(), before + 2);
    EXPECT_EQ(verify().unsealed, 500);
    ASSERT_TRUE(store_->seal_accesses(*organisation_));
    EXPECT_EQ(verify().lines, 2500);
    EXPECT_EQ(verify().unsealed, 0);
}

TEST_F(AccessRecordTest, ShowsEveryChange) {
    note(1500);
    ASSERT_TRUE(store_->seal_accesses(*organisation_));
    ASSERT_TRUE(verify().faults.empty());
    tamper("update access_line set who = 'person:4' where number = 7");
    ASSERT_EQ(verify().faults.size(), 1u);
    EXPECT_THAT(verify().faults[0].en, HasSubstr("lines 1 to 1000"));
    tamper("update access_line set who = 'person:3' where number = 7");
    EXPECT_TRUE(verify().faults.empty());
    tamper("delete from access_line where number = 1200");
    ASSERT_EQ(verify().faults.size(), 1u);
    EXPECT_THAT(verify().faults[0].ja, HasSubstr("行が足りません"));
    tamper("delete from access_line where number > 1000; delete from access_batch where number = 2");
    ASSERT_EQ(verify().faults.size(), 1u);
    EXPECT_THAT(verify().faults[0].en, HasSubstr("the lines that it sealed are gone"));
}

TEST_F(AccessRecordTest, IsWrittenWhenTheServerStopsAndSealedWhenItStartsAgain) {
    note(5);
    start();
    now_ += 60s;
    tick();
    EXPECT_EQ(verify().lines, 5);
}

// Between the entry and the note of its index: the entry must not be made twice.
TEST_F(AccessRecordTest, FindsTheEntryOfAProcessThatDied) {
    note(5);
    ASSERT_TRUE(store_->seal_accesses(*organisation_));
    const auto size = entries();
    tamper("update access_batch set entry = null");
    ASSERT_EQ(verify().unsealed, 5);
    tick();
    EXPECT_EQ(entries(), size);
    EXPECT_EQ(verify().lines, 5);
    EXPECT_TRUE(verify().faults.empty());
}

TEST_F(AccessRecordTest, SealsABatchThatADyingProcessLeftWithoutEntry) {
    note(5);
    store_->tick(*organisation_).value();
    std::string commitment;
    {
        std::vector<std::string> lines;
        for (int i = 0; i < 5; ++i) lines.push_back(encode(line_of(now_, {i + 1})));
        commitment = hex(commitment_of(lines));
    }
    const auto size = entries();
    tamper("insert into access_batch (first, last, commitment, after_entry) values (1, 5, x'" + commitment +
           "', " + std::to_string(size) + ")");
    tick();
    EXPECT_EQ(entries(), size + 1);
    EXPECT_EQ(verify().lines, 5);
    EXPECT_TRUE(verify().faults.empty());
}

// What was written before kill -9 is there and sealed afterwards.
TEST_F(AccessRecordTest, SurvivesBeingKilled) {
    store_.reset();
    organisation_.reset();
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        open();
        start();
        for (int round = 0; round < 3; ++round) {
            note(700);
            if (!store_->tick(*organisation_)) ::_exit(1);
        }
        static_cast<void>(::write(ready[1], "x", 1));
        ::pause();
    }
    char byte = 0;
    ASSERT_EQ(::read(ready[0], &byte, 1), 1);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    open();
    start();
    now_ += 60s;
    tick();
    const AccessVerification all = verify();
    EXPECT_EQ(all.lines, 2100);
    EXPECT_EQ(all.unsealed, 0);
    EXPECT_TRUE(all.faults.empty());
}

TEST_F(AccessRecordTest, IsListedByWhoAndWhom) {
    store_->note_access({now_, "person:3", "person", {17, 18}, {2}, "A"});
    store_->note_access({now_, "person:4", "person", {18}, {2}, "B"});
    store_->note_access({now_, "person:3", "contact", {99}, {4}, "C\tD\n"});
    ASSERT_TRUE(store_->seal_accesses(*organisation_));
    const auto requests = [&](const AccessStore::AccessPage& page) {
        std::vector<std::string> out;
        for (const auto& one : *store_->accesses(page)) {
            EXPECT_EQ(one.entry, static_cast<std::int64_t>(entries()) - 1);
            out.push_back(one.line.request);
        }
        return out;
    };
    EXPECT_THAT(requests({}), ElementsAre("C D ", "B", "A"));
    EXPECT_THAT(requests({.who = "person:3"}), ElementsAre("C D ", "A"));
    EXPECT_THAT(requests({.register_name = "person"}), ElementsAre("B", "A"));
    EXPECT_THAT(requests({.record = 17}), ElementsAre("A"));
    EXPECT_THAT(requests({.limit = 1}), ElementsAre("C D "));
    EXPECT_THAT(requests({.from = 2}), ElementsAre("A"));
    EXPECT_TRUE(verify().faults.empty());
}

}  // namespace
}  // namespace maru::identity
