// A process that writes, signs and exports is killed at every step of docs/formats/checkpoint.md: no two
// checkpoints that anybody ever saw disagree, and nothing that was answered is lost.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "ledger/export.hpp"
#include "ledger/log.hpp"
#include "ledger/stored_tiles.hpp"
#include "ledger/verify.hpp"
#include "ledger/verify_stored.hpp"
#include "sample_registers.hpp"
#include "store/files.hpp"

namespace maru::registers {
namespace {

using ledger::CheckpointStep;

int wanted_rounds() {
    const char* wanted = std::getenv("MARU_KILLS");
    return wanted ? std::atoi(wanted) : 50;
}

// What the child tells: 'a' and a record's id for an answer, 's' and a size for a checkpoint that was handed
// out.
struct Report {
    char kind;
    std::int64_t number;
    Hash root;
};

class CheckpointKillTest : public OrganisationTest {
protected:
    void SetUp() override {
        OrganisationTest::SetUp();
        organisation_.reset();
        environment_.anchors = temporary_.path() / "anchors";
    }

    // Runs `work` in a child that is expected to be killed; collects its reports.
    void run_child(const std::function<void(int pipe)>& work) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            work(ends[1]);
            ::_exit(1);
        }
        ::close(ends[1]);
        for (Report report{}; ::read(ends[0], &report, sizeof report) == static_cast<ssize_t>(sizeof report);)
            note(report);
        ::close(ends[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
    }

    void note(const Report& report) {
        if (report.kind == 'a') answered_.push_back(report.number);
        if (report.kind == 's') see({"", static_cast<std::uint64_t>(report.number), report.root, {}});
    }

    // Everything that is signed and visible to somebody, ever.
    void see(const ledger::Checkpoint& checkpoint) {
        const auto [known, fresh] = seen_.try_emplace(checkpoint.size, checkpoint.root);
        EXPECT_EQ(known->second, checkpoint.root)
            << "two checkpoints of " << checkpoint.size << " entries disagree";
    }

    static void tell(int pipe, const Report& report) {
        if (::write(pipe, &report, sizeof report) != static_cast<ssize_t>(sizeof report)) ::_exit(2);
    }

    // One put, answered, then a round of the checkpointer that dies at `step`.
    void put_and_die_at(CheckpointStep step, int pipe, int round) {
        Environment environment = environment_;
        environment.reached = [step](CheckpointStep now) {
            if (now == step) ::kill(::getpid(), SIGKILL);
        };
        put_some(environment, pipe, round);
    }

    void put_some(const Environment& environment, int pipe, int round) {
        auto opened = Organisation::open(home(), *schema_, environment);
        if (!opened) ::_exit(3);
        for (int i = 0; i <= round % 3; ++i) {
            const auto change = (*opened)->put(
                {"device", {}, {}, {{"code", std::to_string(round) + "-" + std::to_string(i)}}, false});
            if (!change) ::_exit(4);
            tell(pipe, {'a', change->index, {}});
        }
        const auto checkpoint = (*opened)->checkpoint();
        if (!checkpoint) ::_exit(5);
        tell(pipe,
             {'s', static_cast<std::int64_t>(checkpoint->checkpoint.size), checkpoint->checkpoint.root});
    }

    void expect_consistent() {
        auto database = reader();
        const auto verified = ledger::verify_stored(database);
        ASSERT_TRUE(verified) << verified.error().message.en;
        auto query = *database.prepare("select idx from entry where idx = ?1");
        for (const std::int64_t index : answered_) {
            query.bind(1, index);
            ASSERT_TRUE(query.step().value()) << "entry " << index << " was answered and is lost";
            query.reset();
        }
        collect(database);
        for (const auto& [size, root] : seen_) {
            ASSERT_LE(size, verified->state.size) << "a checkpoint of more than is there was seen";
            ASSERT_EQ(*ledger::root_at(database, static_cast<std::int64_t>(size)), root)
                << "the checkpoint of " << size << " entries is not a prefix of what is there";
        }
    }

    void collect(store::Database& database) {
        auto notes = *database.prepare("select note from checkpoint");
        while (const auto row = notes.step().value())
            see(ledger::parse_signed_checkpoint(row->text(0)).value().checkpoint);
        const ledger::Anchor anchor(environment_.anchors, **ledger::log_key(database));
        if (const auto anchored = anchor.read(); anchored && *anchored) see((*anchored)->checkpoint);
    }

    // What a process that is not killed makes of it: everything is signed and anchored.
    void expect_recovery() {
        auto opened = Organisation::open(home(), *schema_, environment_);
        ASSERT_TRUE(opened) << opened.error().message.en;
        const auto checkpoint = (*opened)->checkpoint();
        ASSERT_TRUE(checkpoint) << checkpoint.error().message.en;
        const ledger::Anchor anchor(environment_.anchors, (*opened)->log_key().verifier());
        EXPECT_EQ(anchor.read().value()->checkpoint, checkpoint->checkpoint);
        EXPECT_EQ(checkpoint->checkpoint.size, answered_.size());
        see(checkpoint->checkpoint);
    }

    void kill_at(CheckpointStep step) {
        for (int round = 0; round < wanted_rounds() && !HasFailure(); ++round) {
            run_child([&](int pipe) { put_and_die_at(step, pipe, round); });
            expect_consistent();
            if (round % 5 == 4) expect_recovery();
        }
        expect_recovery();
    }

    std::vector<std::int64_t> answered_;
    std::map<std::uint64_t, Hash> seen_;
};

TEST_F(CheckpointKillTest, AfterReading) { kill_at(CheckpointStep::read); }
TEST_F(CheckpointKillTest, AfterVerifying) { kill_at(CheckpointStep::verified); }
TEST_F(CheckpointKillTest, AfterTheForkGuard) { kill_at(CheckpointStep::guarded); }
TEST_F(CheckpointKillTest, AfterSigningBeforeTheCommit) { kill_at(CheckpointStep::signed_note); }
TEST_F(CheckpointKillTest, AfterTheCommitBeforeTheAnchor) { kill_at(CheckpointStep::stored); }
TEST_F(CheckpointKillTest, AfterTheAnchorBeforeTheAnswer) { kill_at(CheckpointStep::anchored); }

// Before the commit of the entries, and after it before the answer: the caller knows nothing, and may try
// again.
TEST_F(CheckpointKillTest, AroundTheCommitOfEntries) {
    open();
    answered_.push_back(put("device", {{"code", "最初"}}).index);
    organisation_.reset();
    for (int round = 0; round < 2 * wanted_rounds() && !HasFailure(); ++round) {
        const bool before = round % 2 == 0;
        run_child([&](int pipe) {
            auto opened = Organisation::open(home(), *schema_, environment_);
            if (!opened || !(*opened)->checkpoint()) ::_exit(3);
            const auto work = [&](WriteContext& context) -> Result<void> {
                TRY(registers::put(context, {"device", {}, {}, {{"code", std::to_string(round)}}, false}));
                if (before) ::kill(::getpid(), SIGKILL);
                return {};
            };
            if (!(*opened)->exclusively(work)) ::_exit(4);
            (void)pipe;
            ::kill(::getpid(), SIGKILL);
        });
        expect_consistent();
        auto database = reader();
        const auto size = ledger::stored_state(database)->size;
        ASSERT_EQ(size, answered_.size() + (before ? 0 : 1));
        if (!before) answered_.push_back(static_cast<std::int64_t>(size) - 1);
        expect_recovery();
    }
}

// In the middle of an export: the folder is a valid log of some size whenever it is looked at, and what is in
// it never changes.
TEST_F(CheckpointKillTest, DuringAnExport) {
    const fs::path out = temporary_.path() / "out";
    std::map<std::string, Bytes> published;
    std::mt19937 random(20261123u);
    for (int round = 0; round < wanted_rounds() && !HasFailure(); ++round) {
        {
            auto opened = Organisation::open(home(), *schema_, environment_);
            ASSERT_TRUE(opened);
            ASSERT_TRUE((*opened)->exclusively([&](WriteContext& context) -> Result<void> {
                for (int i = 0; i < 100; ++i)
                    TRY(registers::put(context, {"device",
                                                 {},
                                                 {},
                                                 {{"code", std::to_string(round) + "/" + std::to_string(i)}},
                                                 false}));
                return {};
            }));
            ASSERT_TRUE((*opened)->checkpoint());
        }
        const std::uint64_t patience = random() % 40;
        const useconds_t moment = round % 2 == 0 ? 0 : 1 + static_cast<useconds_t>(random() % 60'000);
        run_child([&](int) {
            if (moment > 0) ::ualarm(moment, 0);  // its signal kills at any instruction
            auto database = *store::Database::open(home() / "maru.db", store::OpenMode::read_only);
            std::uint64_t looks = 0;
            const auto look = [&](std::uint64_t, std::uint64_t) {
                if (++looks > patience) ::kill(::getpid(), SIGKILL);
            };
            if (!ledger::export_log(database, out, look)) ::_exit(3);
            ::kill(::getpid(), SIGKILL);
        });
        for (const auto& [name, bytes] : published)
            ASSERT_EQ(*store::read_file(out / name, 1 << 24), bytes) << name;
        for (const auto& entry : fs::recursive_directory_iterator(out))
            if (entry.is_regular_file() && entry.path().extension() != ".new" &&
                entry.path().filename() != "checkpoint")
                published.try_emplace(fs::relative(entry.path(), out).string(),
                                      *store::read_file(entry.path(), 1 << 24));
        if (!fs::exists(out / "checkpoint")) continue;
        const auto key = **ledger::log_key(*std::make_unique<store::Database>(reader()));
        const auto log = ledger::verify_log(
            [&](const std::string& path) { return store::read_file(out / path, ledger::max_bundle); },
            ledger::policy_of(key));
        ASSERT_TRUE(log) << log.error().message.en;
        see(log->trusted.checkpoint);
    }
    EXPECT_GT(published.size(), static_cast<std::size_t>(wanted_rounds()));
}

}  // namespace
}  // namespace maru::registers
