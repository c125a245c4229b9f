// What waits to go out: mails and webhooks, in outbox.db beside the organisation's database. What was queued
// is sent at least once, whatever is killed in between; what has the same key is queued once.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/day.hpp"
#include "core/result.hpp"

namespace maru::notices {

enum class Kind { mail, webhook };
enum class State { waiting, sent, given_up };
std::string_view code_of(Kind kind);
std::string_view code_of(State state);

// Something to be sent, and why.
struct Draft {
    std::string key;  // the reason, e.g. "digest:2026-11-24:17": a second draft of it is not queued
    Kind kind = Kind::mail;
    std::optional<std::int64_t> person;  // whom a mail goes to
    std::int64_t webhook = 0;            // record in register webhook
    std::string recipient;               // mail address, or the webhook's code
    std::string recipient_name;
    Language language = Language::ja;
    std::string subject;  // of a mail; event of a webhook
    std::string body;     // text of a mail, JSON of a webhook
};

struct Message {
    std::int64_t id = 0;
    Draft draft;            // subject and body are empty once it is sent
    std::string public_id;  // 32 hexadecimal digits: the same in every try
    Instant created_at{}, next_try{};
    std::int64_t tries = 0;
    State state = State::waiting;
    std::optional<Instant> finished_at;
    std::optional<Text> error;  // of the last try
};

// How long to wait after so many failed tries: 30 s doubled each time up to 8 h, 20 % more or less.
std::chrono::milliseconds delay_after(std::int64_t tries, const Random& random);
inline constexpr std::chrono::hours patience{72};        // then it is given up
inline constexpr std::chrono::hours kept_sent{90 * 24};  // then its line goes, too; given up: 30 days
inline constexpr std::chrono::hours kept_given_up{30 * 24};

// Any thread.
class Outbox {
public:
    static Result<Outbox> open(const std::filesystem::path& folder, Random random);
    Outbox(Outbox&&) noexcept;
    ~Outbox();

    // False when a draft of that key was queued before. Durable when it returns.
    Result<bool> add(const Draft& draft, Instant now);
    // Up to how many ledger entries requests were told of; none before the first time.
    Result<std::optional<std::int64_t>> told_requests();
    // Queues these and remembers how far they tell of requests: both or nothing. How many were queued.
    Result<std::int64_t> tell_requests(const std::vector<Draft>& drafts, std::int64_t entries, Instant now);
    // Waiting messages whose time has come, the longest due first.
    Result<std::vector<std::int64_t>> due(Instant now);
    // The message, if it still waits and its time has come.
    Result<std::optional<Message>> waiting(std::int64_t id, Instant now);
    // When something is due next; none when nothing waits.
    Result<std::optional<Instant>> next_try();

    Result<void> mark_sent(std::int64_t id, Instant now);
    // After a failed try: later again, or given up when its patience is over.
    Result<State> postpone(std::int64_t id, const Text& error, Instant now);
    Result<void> give_up(std::int64_t id, const Text& error, Instant now);
    // Nothing waits any more: after a restore, what the backup saw waiting may have been sent since. How
    // many.
    Result<std::int64_t> give_up_all(const Text& why, Instant now);
    // What was given up waits again, from now on. How many.
    Result<std::int64_t> revive(Instant now);

    // By state (waiting first), then the oldest first.
    Result<std::vector<Message>> messages();
    // Removes what was sent or given up long ago.
    Result<void> tidy(Instant now);
    // Held while one message is sent, so that no two processes send the same.
    const std::filesystem::path& folder() const;

private:
    struct Impl;
    explicit Outbox(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::notices
