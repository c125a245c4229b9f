// A process that writes is killed at random moments: every put that was answered is there, and the ledger is
// whole.
#include <fcntl.h>
#include <sys/wait.h>
#include <csignal>

#include <cstdlib>

#include "sample_registers.hpp"

namespace maru::registers {
namespace {

struct Answer {
    std::int64_t id;
    std::int64_t version;
};

// In the child: puts until it is killed, with several queued so that batches are cut in the middle.
[[noreturn]] void write_until_killed(const fs::path& home, const Schema& schema, int pipe, int round) {
    auto opened = Organisation::open(home, schema, {});
    if (!opened) ::_exit(1);
    Organisation& organisation = **opened;
    const char ready = 'r';
    if (::write(pipe, &ready, 1) != 1) ::_exit(1);
    for (int i = 0;; ++i) {
        std::array<Change, 4> changes;
        std::vector<std::future<Result<void>>> futures;
        for (std::size_t k = 0; k < changes.size(); ++k)
            futures.push_back(organisation.submit([&change = changes[k], i, k,
                                                   round](WriteContext& context) -> Result<void> {
                const std::string number =
                    std::to_string(round % 20) + "-" + std::to_string(i % 50) + "-" + std::to_string(k);
                const bool person = k == 3;
                const WrittenFields fields{
                    {"code", number}, {"name", "記録 " + std::to_string(i) + "/" + std::to_string(round)}};
                change = TRY(put(context, {person ? "person" : "device", {}, {}, fields, false}));
                return {};
            }));
        for (std::size_t k = 0; k < changes.size(); ++k) {
            if (!futures[k].get()) ::_exit(1);
            const Answer answer{changes[k].id, changes[k].version};
            if (::write(pipe, &answer, sizeof answer) != static_cast<ssize_t>(sizeof answer)) ::_exit(1);
        }
    }
}

bool read_exactly(int pipe, void* into, std::size_t size) {
    auto* at = static_cast<char*>(into);
    while (size > 0) {
        const ssize_t got = ::read(pipe, at, size);
        if (got <= 0) return false;
        at += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

class KillTest : public OrganisationTest {
protected:
    // One child, killed some time after it has opened; what it was answered.
    std::vector<Answer> killed_child(int round, std::chrono::microseconds after) {
        int ends[2];
        if (::pipe(ends) != 0) ADD_FAILURE() << "no pipe";
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            write_until_killed(home(), *schema_, ends[1], round);
        }
        ::close(ends[1]);
        char ready = 0;
        EXPECT_TRUE(read_exactly(ends[0], &ready, 1)) << "the child could not open the organisation";
        ::usleep(static_cast<useconds_t>(after.count()));
        ::kill(child, SIGKILL);
        std::vector<Answer> answers;
        for (Answer answer{}; read_exactly(ends[0], &answer, sizeof answer);) answers.push_back(answer);
        ::close(ends[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";
        return answers;
    }

    void expect_all_there(const std::vector<Answer>& answers) {
        auto database = reader();
        auto query = database.prepare(
            "select (select count(*) from device_history where id = ?1 and version = ?2) + "
            "(select count(*) from person_history where id = ?1 and version = ?2)");
        ASSERT_TRUE(query);
        for (const Answer& answer : answers) {
            query->bind(1, answer.id).bind(2, answer.version);
            EXPECT_EQ(query->step().value()->integer(0), 1)
                << "#" << answer.id << " version " << answer.version << " was answered and is lost";
            query->reset();
        }
        const auto state = ledger::recompute(database);
        ASSERT_TRUE(state) << state.error().message.en;
        EXPECT_EQ(
            database
                .query_integer(
                    "select (select count(*) from device_history) + (select count(*) from person_history)")
                .value(),
            static_cast<std::int64_t>(state->size))
            << "every version has its entry";
        expect_keys(database);
    }

    // The keystore is never behind the database: a committed record whose key is lost could not be proved.
    void expect_keys(store::Database& database) {
        auto keys = store::Database::open(home() / "keys/keys.db", store::OpenMode::read_only);
        ASSERT_TRUE(keys);
        EXPECT_GE(keys->query_integer("select count(*) from subject_key").value(),
                  database.query_integer("select count(*) from person").value());
    }
};

TEST_F(KillTest, NothingAnsweredIsLost) {
    organisation_.reset();
    const char* wanted = std::getenv("MARU_KILLS");
    const int rounds = wanted ? std::atoi(wanted) : 200;
    std::mt19937 random(20261123u);
    std::size_t answered = 0;
    for (int round = 0; round < rounds && !HasFailure(); ++round) {
        const std::vector<Answer> answers = killed_child(round, std::chrono::microseconds(random() % 60'000));
        answered += answers.size();
        expect_all_there(answers);
    }
    EXPECT_GT(answered, static_cast<std::size_t>(rounds)) << "the children hardly wrote anything";
    open();
    put("device", {{"code", "最後"}});
}

}  // namespace
}  // namespace maru::registers
