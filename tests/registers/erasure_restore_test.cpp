// Backups from before an erasure do not bring the person back; an erasure that is killed is finished or was
// never begun.
#include <fcntl.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdlib>

#include "erasure_world.hpp"
#include "registers/erasure_order.hpp"
#include "registers/verify.hpp"

namespace maru::registers {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RestoreTest : public ErasureWorld {
protected:
    void SetUp() override {
        ErasureWorld::SetUp();
        make_people();
        let_hanako_go();
        back_up();
        open();
        done_ = erase(hanako_);
        organisation_.reset();
    }

    // The name in the backup takes the place of what is there.
    void restore(const std::string& name) {
        for (const char* ending : {"", "-wal", "-shm"}) fs::remove_all(home() / (name + ending));
        fs::copy(backup() / name, home() / name, fs::copy_options::recursive);
    }

    void expect_hidden(const AsOf& as_of) {
        auto opened = Organisation::open_reader(home(), *schema_, as_of);
        ASSERT_TRUE(opened) << opened.error().message.en;
        const auto record = read(*opened, of("person"), hanako_).value();
        ASSERT_TRUE(record);
        EXPECT_TRUE(store::is_null(std::get<store::Value>(record->values[1]))) << "the name can be read";
        for (const Record& version : history(*opened, of("person"), hanako_).value())
            EXPECT_TRUE(store::is_null(std::get<store::Value>(version.values[1])));
        EXPECT_EQ(opened->query_integer("select count(*) from pledge_names").value(), 0);
        EXPECT_EQ(title_of(*opened, *schema_, "person", taro_, Language::ja), "佐藤 太郎");
    }

    // A ledger that ends before an entry the keystore knows of would be signed a second time.
    void expect_refused_until_renewed() {
        const std::int64_t size = count("select size from log_state");
        for (int time = 0; time < 2; ++time) {
            const auto opened = Organisation::open(home(), *schema_, environment_);
            ASSERT_FALSE(opened) << "a second history would be signed";
            EXPECT_EQ(opened.error().kind, ErrorKind::unavailable);
            EXPECT_THAT(opened.error().message.en,
                        AllOf(HasSubstr("read-only"), HasSubstr("entry " + std::to_string(done_.entry)),
                              HasSubstr("maru ledger renew")));
        }
        EXPECT_EQ(count("select size from log_state"), size) << "nothing may be written";
        renew();
        const auto entry = ledger::decode(body(size)).value();
        EXPECT_EQ(entry.kind, "log") << "the renewal comes before the repeated erasure";
        EXPECT_THAT(entry.note, HasSubstr("at least " + std::to_string(done_.entry + 1) + " entries"));
    }

    void renew() {
        const auto renewed = Organisation::renew_log(home(), *schema_, environment_, {"", "ディスクの故障"});
        ASSERT_TRUE(renewed) << renewed.error().message.en;
    }

    void expect_repeated_after_renewal() {
        expect_refused_until_renewed();
        open();
        EXPECT_THAT(organisation_->notices(), IsEmpty()) << "the renewal has repeated it";
        expect_erased_again();
    }

    void expect_repeated() {
        open();
        ASSERT_THAT(organisation_->notices(), SizeIs(1));
        EXPECT_THAT(organisation_->notices()[0].en, AllOf(HasSubstr("erasure was repeated"),
                                                          HasSubstr("entry " + std::to_string(done_.entry))));
        expect_erased_again();
    }

    void expect_erased_again() {
        EXPECT_THAT(places_of(values_, home()), IsEmpty());
        EXPECT_FALSE(organisation_->blobs().contains(paper_));
        const std::int64_t last = static_cast<std::int64_t>(organisation_->ledger_state().size) - 1;
        const auto entry = ledger::decode(body(last)).value();
        EXPECT_EQ(entry.kind, "erasure_replayed");
        EXPECT_THAT(entry.note, HasSubstr("replays=" + std::to_string(done_.entry)));
        EXPECT_EQ(refused("person", {{"name", "山田 花子"}}, hanako_).kind, ErrorKind::forbidden);
        expect_whole_ledger();
        expect_verified();
        open();
        EXPECT_THAT(organisation_->notices(), IsEmpty()) << "once is enough";
    }

    void expect_verified() {
        organisation_.reset();
        auto database = reader();
        auto keys = Keystore::open_reader(home() / "keys").value();
        const auto found = verify_records(database, *schema_, keys);
        ASSERT_TRUE(found) << found.error().message.en;
        for (const RecordProblem& problem : found->problems)
            ADD_FAILURE() << problem.register_name << " #" << problem.record << " v" << problem.version
                          << ": " << problem.what.en;
        EXPECT_GT(found->fields, 0);
        EXPECT_FALSE(found->erased.empty());
        open();
    }

    ErasureDone done_;
};

TEST_F(RestoreTest, TheDatabaseAlone) {
    restore("maru.db");
    EXPECT_FALSE(places_of(values_, home()).empty()) << "else the restore put nothing back";
    expect_hidden({});
    expect_repeated_after_renewal();
}

TEST_F(RestoreTest, TheDatabaseAloneWithoutAnyOtherPlace) {
    environment_.anchors = temporary_.path() / "empty";
    restore("maru.db");
    expect_hidden({});
    expect_repeated_after_renewal();
}

TEST_F(RestoreTest, APutBackDatabaseIsNoticedAgainAfterARenewal) {
    environment_.anchors.clear();
    restore("maru.db");
    expect_repeated_after_renewal();
    const std::int64_t id =
        put("person", {{"code", "E030"}, {"name", "消える 人"}, {"left_on", "2020-01-01"}}).id;
    back_up();
    open();
    done_ = erase(id);
    organisation_.reset();
    restore("maru.db");
    expect_refused_until_renewed();
}

TEST_F(RestoreTest, TheKeystoreAlone) {
    restore("keys");
    expect_repeated();
}

TEST_F(RestoreTest, TheKeystoreAloneWithoutAnyOtherPlace) {
    environment_.anchors.clear();
    restore("keys");
    expect_repeated();
}

TEST_F(RestoreTest, TheWholeFolder) {
    for (const char* name : {"maru.db", "keys", "blobs"}) restore(name);
    expect_hidden({std::nullopt, environment_.anchors});
    expect_repeated_after_renewal();
}

TEST_F(RestoreTest, WhatHadToStayStaysAsItWasDecided) {
    open();
    const std::int64_t id =
        put("person",
            {{"code", "E010"}, {"name", "木村 残"}, {"mail", "kimura@example.jp"}, {"left_on", "2025-03-31"}})
            .id;
    back_up();
    open();
    done_ = erase(id);
    organisation_.reset();
    for (const char* name : {"maru.db", "keys", "blobs"}) restore(name);
    expect_refused_until_renewed();
    open();
    EXPECT_EQ(now("person", id)["name"], "木村 残") << "the roster is kept until 2028";
    EXPECT_EQ(now("person", id)["mail"], "");
    EXPECT_THAT(places_of({"kimura@example.jp"}, home()), IsEmpty());
    expect_verified();
}

// The list of erasures went with the keystore, and there is no other copy of it.
class ForgottenListTest : public RestoreTest {
protected:
    // The keystore is put back, and on that day the database, too: the name that had to stay until
    // 2028-03-31.
    std::string name_after_both(std::chrono::year_month_day day) {
        environment_.anchors.clear();
        open();
        const std::int64_t id = put("person", {{"code", "E010"},
                                               {"name", "木村 残"},
                                               {"mail", "kimura@example.jp"},
                                               {"left_on", "2025-03-31"}})
                                    .id;
        back_up();
        open();
        erase(id);
        organisation_.reset();
        restore("keys");
        open();
        EXPECT_THAT(organisation_->notices(), SizeIs(1));
        EXPECT_EQ(now("person", id)["name"], "木村 残");
        organisation_.reset();
        restore("maru.db");
        environment_.clock = [day] { return Instant(std::chrono::sys_days(day)); };
        renew();
        open();
        EXPECT_EQ(now("person", id)["mail"], "");
        EXPECT_THAT(places_of({"kimura@example.jp"}, home()), IsEmpty());
        return now("person", id)["name"];
    }
};

TEST_F(ForgottenListTest, WhatHadToStayStays) {
    EXPECT_EQ(name_after_both(std::chrono::year(2028) / 3 / 31), "木村 残");
}

TEST_F(ForgottenListTest, WhatHadToStayGoesAfterItsEnd) {
    EXPECT_EQ(name_after_both(std::chrono::year(2028) / 4 / 1), "");
}

TEST_F(RestoreTest, WhatALaterErasureTookOnTheSameDayGoesAgain) {
    open();
    const std::int64_t id =
        put("person", {{"code", "E040"}, {"name", "係争 中"}, {"left_on", "2020-01-01"}}).id;
    put("pledge", {{"person", "E040"}, {"signed_on", "2019-04-01"}, {"names", "別名さん"}});
    const std::int64_t hold = put("retention_hold", {{"code", "H1"},
                                                     {"person", "#" + std::to_string(id)},
                                                     {"basis", "訴訟 令和8年(ワ)第1号"},
                                                     {"registers", "従業者台帳"}})
                                  .id;
    back_up();
    open();
    erase(id);
    EXPECT_EQ(now("person", id)["name"], "係争 中") << "held";
    ASSERT_TRUE(retire("retention_hold", hold));
    done_ = erase(id);
    EXPECT_EQ(now("person", id)["name"], "");
    organisation_.reset();
    for (const char* name : {"maru.db", "keys", "blobs"}) restore(name);
    renew();
    open();
    EXPECT_EQ(now("person", id)["name"], "");
    EXPECT_THAT(places_of({"係争 中", "別名さん"}, home()), IsEmpty());
}

TEST_F(RestoreTest, AnotherPersonWithTheSameNumberIsLeftAlone) {
    const fs::path earlier = temporary_.path() / "earlier";
    fs::copy(home(), earlier, fs::copy_options::recursive);
    open();
    const std::int64_t gone =
        put("person", {{"code", "E020"}, {"name", "消える 人"}, {"left_on", "2020-01-01"}}).id;
    erase(gone);
    organisation_.reset();
    fs::remove_all(home());
    fs::copy(earlier, home(), fs::copy_options::recursive);
    renew();
    open();
    const std::int64_t other = put("person", {{"code", "E021"}, {"name", "別の 人"}}).id;
    ASSERT_EQ(other, gone);
    open();
    EXPECT_THAT(organisation_->notices(), IsEmpty());
    EXPECT_EQ(now("person", other)["name"], "別の 人");
}

TEST_F(RestoreTest, NobodyElseCanOrderAnErasureThroughTheList) {
    fs::path list;
    for (const auto& entry : fs::directory_iterator(environment_.anchors))
        if (entry.path().extension() == ".erasures") list = entry.path();
    ASSERT_FALSE(list.empty());
    EXPECT_EQ(fs::status(list).permissions() & fs::perms::others_all, fs::perms::none);
    EXPECT_THAT(places_of(values_, environment_.anchors), IsEmpty());
    const std::string line = bytes_of(list);
    std::ofstream(list, std::ios::app | std::ios::binary)
        << replaced(line, "\t" + std::to_string(hanako_) + "\t", "\t" + std::to_string(taro_) + "\t");
    open();
    ASSERT_THAT(organisation_->notices(), SizeIs(1));
    EXPECT_THAT(organisation_->notices()[0].en, AllOf(HasSubstr("line 2"), HasSubstr("left aside")));
    EXPECT_EQ(now("person", taro_)["name"], "佐藤 太郎");
}

class KilledErasureTest : public ErasureWorld {
protected:
    void SetUp() override {
        ErasureWorld::SetUp();
        make_people();
        let_hanako_go();
        back_up();
    }

    void begin_anew() {
        fs::remove_all(home());
        fs::remove_all(environment_.anchors);
        fs::copy(backup(), home(), fs::copy_options::recursive);
    }

    [[noreturn]] void erase_in_child(int pipe) {
        auto opened = Organisation::open(home(), *schema_, environment_);
        const char ready = 'r';
        if (!opened || ::write(pipe, &ready, 1) != 1) ::_exit(1);
        (void)(*opened)->erase({hanako_, "本人の請求", Day(2026, 11, 20), Day(2026, 11, 23)});
        ::_exit(0);
    }

    // Whether it was killed before it was done.
    bool kill_after(std::chrono::microseconds after) {
        int ends[2];
        if (::pipe(ends) != 0) ADD_FAILURE() << "no pipe";
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            erase_in_child(ends[1]);
        }
        ::close(ends[1]);
        char ready = 0;
        EXPECT_EQ(::read(ends[0], &ready, 1), 1) << "the child could not open the organisation";
        ::close(ends[0]);
        ::usleep(static_cast<useconds_t>(after.count()));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFSIGNALED(status);
    }

    // After opening again.
    bool is_erased() {
        open();
        const bool erased = count("select count(*) from erasure") > 0;
        EXPECT_EQ(now("person", hanako_)["name"], erased ? "" : "鈴木 花子");
        EXPECT_EQ(organisation_->blobs().contains(paper_), !erased);
        if (erased) EXPECT_EQ(places_of(values_, home()), std::vector<std::string>{});
        expect_whole_ledger();
        return erased;
    }
};

TEST_F(KilledErasureTest, IsFinishedOrWasNeverBegun) {
    const char* wanted = std::getenv("MARU_KILLS");
    const int rounds = wanted ? std::atoi(wanted) : 40;
    std::mt19937 random(20261123u);
    int untouched = 0, finished_later = 0;
    for (int round = 0; round < rounds && !HasFailure(); ++round) {
        begin_anew();
        const bool killed = kill_after(std::chrono::microseconds(random() % 60'000));
        if (!is_erased())
            ++untouched;
        else if (killed && !organisation_->notices().empty())
            ++finished_later;
        organisation_.reset();
    }
    EXPECT_GT(finished_later, 0) << "no kill met an erasure in the middle";
    EXPECT_LT(untouched, rounds);
}

TEST(ErasureOrder, ALineComesBackAsItWas) {
    ErasureOrder order;
    order.nonce = {1, 2, 3};
    order.person = 42;
    order.born = 17;
    order.born_leaf.fill(0xab);
    order.requested = Day(2026, 11, 20);
    order.executed = Day(2026, 11, 23);
    order.kept = {{5, {1, 2}, Day(2028, 3, 31)}, {9, {8}, std::nullopt}};
    order.replays = 99;
    order.basis = "本人の請求（個人情報保護法35条）";
    EXPECT_EQ(parse_order(to_line(order)).value(), order);
    Hash key{};
    key.fill(7);
    const ListedErasure listed{order, 1234};
    const std::string line = to_line(listed, key);
    EXPECT_EQ(parse_listed(line, key).value(), listed);
    for (std::size_t at = 0; at < line.size(); ++at) {
        std::string changed = line;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        EXPECT_FALSE(parse_listed(changed, key)) << at;
    }
    key[0] = 8;
    EXPECT_FALSE(parse_listed(line, key));
    EXPECT_FALSE(parse_order(replaced(to_line(order), "5:1+2@", "5:2+1@")));
    EXPECT_FALSE(parse_order(replaced(to_line(order), "\t42\t", "\t042\t")));
    EXPECT_FALSE(parse_order(replaced(to_line(order), "2026-11-20", "2026-11-31")));
}

}  // namespace
}  // namespace maru::registers
