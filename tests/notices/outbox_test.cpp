#include "notices/outbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "crypto/hash.hpp"
#include "notices/postman.hpp"

namespace maru::notices {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Outboxes : public testing::Test {
protected:
    Outboxes() { std::filesystem::create_directories(folder); }
    ~Outboxes() override { std::filesystem::remove_all(folder); }

    Outbox open() {
        auto opened = Outbox::open(folder, crypto::random_bytes);
        if (!opened) ADD_FAILURE() << opened.error().message.en;
        return std::move(*opened);
    }
    static Draft mail(const std::string& key, std::int64_t person = 17) {
        Draft draft;
        draft.key = key;
        draft.person = person;
        draft.recipient = "yamada@mihon.example.jp";
        draft.recipient_name = "山田 太郎";
        draft.subject = "対応事項 3 件";
        draft.body = "山田さん\n";
        return draft;
    }
    static Draft hook(const std::string& key, const std::string& code) {
        Draft draft;
        draft.key = key;
        draft.kind = Kind::webhook;
        draft.webhook = 5;
        draft.recipient = code;
        draft.body = "{}";
        return draft;
    }
    Clock clock() {
        return [this] { return now; };
    }
    Deliver refusing(ErrorKind kind) {
        return [kind](const Message&, Instant) -> Result<void> {
            return fail(kind, {"断られました。", "refused"});
        };
    }
    Deliver noting() {
        return [this](const Message& message, Instant) -> Result<void> {
            sent.push_back(message.draft.key);
            return {};
        };
    }

    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("maru-outbox-" + std::to_string(::getpid()));
    Instant now = *parse_instant("2026-11-24T08:00:00+09:00");
    std::vector<std::string> sent;
};

TEST_F(Outboxes, queue_one_reason_once) {
    auto outbox = open();
    EXPECT_TRUE(outbox.add(mail("digest:2026-11-24:17"), now).value());
    EXPECT_FALSE(outbox.add(mail("digest:2026-11-24:17"), now).value());
    EXPECT_EQ(work_off(outbox, noting(), clock()).value().sent, 1);
    EXPECT_FALSE(outbox.add(mail("digest:2026-11-24:17"), now).value());  // also when it was sent
    EXPECT_EQ(work_off(outbox, noting(), clock()).value().sent, 0);
    EXPECT_THAT(sent, ElementsAre("digest:2026-11-24:17"));
}

TEST_F(Outboxes, survive_being_closed_and_keep_the_same_public_id) {
    std::string id;
    {
        auto outbox = open();
        ASSERT_TRUE(outbox.add(mail("a"), now));
        id = outbox.messages().value().at(0).public_id;
        ASSERT_TRUE(work_off(outbox, refusing(ErrorKind::unavailable), clock()));
    }
    auto outbox = open();
    const Message message = outbox.messages().value().at(0);
    EXPECT_EQ(message.public_id, id);
    EXPECT_EQ(id.size(), 32U);
    EXPECT_EQ(message.tries, 1);
    EXPECT_EQ(message.draft.recipient_name, "山田 太郎");
    EXPECT_EQ(message.error->en, "refused");
}

TEST_F(Outboxes, what_was_being_sent_when_the_process_died_is_sent_again) {
    {
        auto outbox = open();
        ASSERT_TRUE(outbox.add(mail("a"), now));
        try {
            const auto ignored = work_off(
                outbox, [](const Message&, Instant) -> Result<void> { throw std::runtime_error("killed"); },
                clock());
            FAIL() << ignored.has_value();
        } catch (const std::runtime_error&) {
        }
    }
    auto outbox = open();
    EXPECT_EQ(work_off(outbox, noting(), clock()).value().sent, 1);
}

TEST_F(Outboxes, forget_the_text_of_what_was_sent) {
    auto outbox = open();
    ASSERT_TRUE(outbox.add(mail("a"), now));
    ASSERT_TRUE(work_off(outbox, noting(), clock()));
    const Message message = outbox.messages().value().at(0);
    EXPECT_EQ(message.state, State::sent);
    EXPECT_EQ(message.finished_at, now);
    EXPECT_EQ(message.draft.body + message.draft.subject, "");
}

TEST_F(Outboxes, are_tried_less_and_less_often_and_given_up_after_three_days) {
    auto outbox = open();
    ASSERT_TRUE(outbox.add(mail("a"), now));
    const Instant start = now;
    std::chrono::milliseconds last{0};
    int tries = 0;
    for (; outbox.messages().value().at(0).state == State::waiting; ++tries) {
        ASSERT_LT(tries, 100);
        ASSERT_TRUE(work_off(outbox, refusing(ErrorKind::unavailable), clock()));
        const auto next = outbox.next_try().value();
        if (!next) break;
        ASSERT_GT(*next, now);
        EXPECT_LE(*next - now, std::chrono::minutes(8 * 60 * 12 / 10));
        if (tries < 8) EXPECT_GT(*next - now, last);
        last = *next - now;
        now = *next;
    }
    EXPECT_GT(now - start, std::chrono::hours(60));
    EXPECT_LE(now - start, patience);
    EXPECT_GE(tries, 15);
    EXPECT_LE(tries, 25);
    const Message message = outbox.messages().value().at(0);
    EXPECT_EQ(message.state, State::given_up);
    EXPECT_EQ(message.error->en, "refused");
    EXPECT_NE(message.draft.body, "");  // an operator may want it sent after all
    EXPECT_EQ(outbox.revive(now).value(), 1);
    EXPECT_EQ(work_off(outbox, noting(), clock()).value().sent, 1);
}

TEST_F(Outboxes, give_up_at_once_what_was_refused_for_good) {
    auto outbox = open();
    ASSERT_TRUE(outbox.add(mail("a"), now));
    EXPECT_EQ(work_off(outbox, refusing(ErrorKind::forbidden), clock()).value().given_up, 1);
    EXPECT_EQ(outbox.next_try().value(), std::nullopt);
}

TEST_F(Outboxes, do_not_knock_a_hundred_times_at_a_closed_door) {
    auto outbox = open();
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(outbox.add(mail("mail" + std::to_string(i)), now));
    ASSERT_TRUE(outbox.add(hook("hook", "CHAT"), now));
    int tries = 0;
    const auto deliver = [&](const Message& message, Instant) -> Result<void> {
        if (message.draft.kind == Kind::webhook) return {};
        ++tries;
        return fail(ErrorKind::unavailable, {"", ""});
    };
    const auto done = work_off(outbox, deliver, clock()).value();
    EXPECT_EQ(tries, 3);
    EXPECT_EQ(done.postponed, 3);
    EXPECT_EQ(done.sent, 1);  // the webhook is not held up by the mail server
    EXPECT_EQ(outbox.due(now).value().size(), 97U);
}

TEST_F(Outboxes, do_not_send_what_nobody_worked_off_for_days) {
    auto outbox = open();
    ASSERT_TRUE(outbox.add(mail("a"), now));
    now += std::chrono::hours(73);
    EXPECT_EQ(work_off(outbox, noting(), clock()).value().given_up, 1);
    EXPECT_THAT(sent, IsEmpty());
}

TEST_F(Outboxes, can_be_stopped_after_a_restore) {
    auto outbox = open();
    ASSERT_TRUE(outbox.add(mail("a"), now));
    EXPECT_EQ(outbox.give_up_all({"復元しました。", "restored"}, now).value(), 1);
    EXPECT_EQ(outbox.messages().value().at(0).error->en, "restored");
    EXPECT_EQ(work_off(outbox, noting(), clock()).value().sent, 0);
}

TEST_F(Outboxes, stop_between_two_messages) {
    auto outbox = open();
    for (const char* key : {"a", "b", "c"}) ASSERT_TRUE(outbox.add(mail(key), now));
    std::stop_source stop;
    const auto deliver = [&](const Message&, Instant) -> Result<void> {
        stop.request_stop();
        return {};
    };
    EXPECT_EQ(work_off(outbox, deliver, clock(), stop.get_token()).value().sent, 1);
    EXPECT_EQ(work_off(outbox, noting(), clock()).value().sent, 2);
}

TEST_F(Outboxes, are_worked_off_by_a_postman_that_stops_when_told) {
    auto outbox = open();
    std::promise<void> done;
    {
        Postman postman(
            outbox,
            [&](const Message&, Instant) -> Result<void> {
                done.set_value();
                return {};
            },
            clock(), [](const Error& error) { ADD_FAILURE() << error.message.en; });
        ASSERT_TRUE(outbox.add(mail("a"), now));
        postman.wake();
        done.get_future().wait();
    }
    EXPECT_EQ(outbox.messages().value().at(0).state, State::sent);
}

TEST_F(Outboxes, are_for_their_owner_only) {
    auto outbox = open();
    ASSERT_TRUE(outbox.add(mail("a"), now));
    for (const char* name : {"outbox.db", "outbox.db-wal"}) {
        struct stat status{};
        ASSERT_EQ(::stat((folder / name).c_str(), &status), 0) << name;
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << name;
    }
}

TEST_F(Outboxes, forget_old_lines) {
    auto outbox = open();
    ASSERT_TRUE(outbox.add(mail("old"), now));
    ASSERT_TRUE(work_off(outbox, noting(), clock()));
    ASSERT_TRUE(outbox.add(mail("waits"), now));
    now += std::chrono::hours(24 * 91);
    ASSERT_TRUE(outbox.tidy(now));
    const auto left = outbox.messages().value();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].draft.key, "waits");
}

TEST(Delays, double_with_a_fifth_of_chance) {
    const auto least = [](std::span<std::uint8_t> out) { std::ranges::fill(out, std::uint8_t{0}); };
    const auto most = [](std::span<std::uint8_t> out) { std::ranges::fill(out, std::uint8_t{255}); };
    EXPECT_EQ(delay_after(1, least), std::chrono::seconds(24));
    EXPECT_EQ(delay_after(1, most), std::chrono::seconds(36));
    EXPECT_EQ(delay_after(3, least), std::chrono::seconds(96));
    EXPECT_EQ(delay_after(60, most), std::chrono::minutes(8 * 60 * 12 / 10));
}

}  // namespace
}  // namespace maru::notices
