#include "notices/outbox.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <mutex>

#include "database/messages.hpp"
#include "database/open.hpp"

namespace maru::notices {

namespace {

constexpr std::chrono::milliseconds first_delay{30'000};
constexpr std::chrono::milliseconds longest_delay{std::chrono::hours(8)};

}  // namespace

std::string_view code_of(Kind kind) {
    switch (kind) {
        case Kind::mail: return "mail";
        case Kind::webhook: return "webhook";
    }
    return "";
}

std::string_view code_of(State state) {
    switch (state) {
        case State::waiting: return "waiting";
        case State::sent: return "sent";
        case State::given_up: return "given_up";
    }
    return "";
}

std::chrono::milliseconds delay_after(std::int64_t tries, const Random& random) {
    const std::int64_t doublings = std::clamp<std::int64_t>(tries - 1, 0, 20);
    const auto base = std::min(first_delay * (std::int64_t{1} << doublings), longest_delay);
    std::array<std::uint8_t, 2> bytes{};
    random(bytes);
    const std::int64_t share = 800 + (bytes[0] << 8 | bytes[1]) * 400 / 65'535;  // per mille
    return base * share / 1000;
}

struct Outbox::Impl {
    std::filesystem::path folder;
    Random random;
    std::mutex mutex;  // of everything below
    store::Database database;

    Impl(std::filesystem::path where, Random generator, store::Database opened)
        : folder(std::move(where)), random(std::move(generator)), database(std::move(opened)) {}

    Result<std::optional<Message>> find(std::int64_t id) {
        store::Statement* const query =
            TRY(database.cached(fmt::format("select {} from message where id = ?1", message_columns)));
        query->bind(1, id);
        const auto row = TRY(query->step());
        auto found = row ? std::optional(message_in(*row)) : std::nullopt;
        query->reset();
        return found;
    }

    // A failed try ends so: `next_try` later, or given up.
    Result<void> fail_try(std::int64_t id, const Text& error, State state, Instant then) {
        const bool over = state == State::given_up;
        store::Statement* const update = TRY(database.cached(
            over ? "update message set tries = tries + 1, error_ja = ?2, error_en = ?3, state = 'given_up', "
                   "finished_at = ?4 where id = ?1 and state = 'waiting'"
                 : "update message set tries = tries + 1, error_ja = ?2, error_en = ?3, next_try = ?4 where "
                   "id = ?1 "
                   "and state = 'waiting'"));
        update->bind(1, id).bind(2, error.ja).bind(3, error.en).bind(4, number_of(then));
        return update->run();
    }
};

Outbox::Outbox(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Outbox::Outbox(Outbox&&) noexcept = default;
Outbox::~Outbox() = default;

Result<Outbox> Outbox::open(const std::filesystem::path& folder, Random random) {
    return Outbox(std::make_unique<Impl>(folder, std::move(random), TRY(open_database(folder))));
}

const std::filesystem::path& Outbox::folder() const { return impl_->folder; }

Result<bool> Outbox::add(const Draft& draft, Instant now) {
    const std::scoped_lock lock(impl_->mutex);
    return insert(impl_->database, draft, now, impl_->random);
}

Result<std::optional<std::int64_t>> Outbox::told_requests() {
    const std::scoped_lock lock(impl_->mutex);
    return impl_->database.query_integer("select entries from told_request");
}

Result<std::int64_t> Outbox::tell_requests(const std::vector<Draft>& drafts, std::int64_t entries,
                                           Instant now) {
    const std::scoped_lock lock(impl_->mutex);
    auto transaction = TRY(store::Transaction::begin(impl_->database));
    std::int64_t queued = 0;
    for (const Draft& draft : drafts)
        queued += TRY(insert(impl_->database, draft, now, impl_->random)) ? 1 : 0;
    store::Statement* const put =
        TRY(impl_->database.cached("insert or replace into told_request (one, entries) values (1, ?1)"));
    put->bind(1, entries);
    TRY(put->run());
    TRY(transaction.commit());
    return queued;
}

Result<std::vector<std::int64_t>> Outbox::due(Instant now) {
    const std::scoped_lock lock(impl_->mutex);
    store::Statement* const query = TRY(impl_->database.cached(
        "select id from message where state = 'waiting' and next_try <= ?1 order by next_try, id"));
    query->bind(1, number_of(now));
    std::vector<std::int64_t> out;
    while (const auto row = TRY(query->step())) out.push_back(row->integer(0));
    return out;
}

Result<std::optional<Message>> Outbox::waiting(std::int64_t id, Instant now) {
    const std::scoped_lock lock(impl_->mutex);
    auto message = TRY(impl_->find(id));
    if (message && (message->state != State::waiting || message->next_try > now)) message.reset();
    return message;
}

Result<std::optional<Instant>> Outbox::next_try() {
    const std::scoped_lock lock(impl_->mutex);
    const auto first =
        TRY(impl_->database.query_integer("select min(next_try) from message where state = 'waiting'"));
    return first ? std::optional(instant_of(*first)) : std::nullopt;
}

Result<void> Outbox::mark_sent(std::int64_t id, Instant now) {
    const std::scoped_lock lock(impl_->mutex);
    store::Statement* const update =
        TRY(impl_->database.cached("update message set state = 'sent', tries = tries + 1, finished_at = ?2, "
                                   "subject = '', body = '', error_ja = "
                                   "null, error_en = null where id = ?1"));
    update->bind(1, id).bind(2, number_of(now));
    return update->run();
}

Result<State> Outbox::postpone(std::int64_t id, const Text& error, Instant now) {
    const std::scoped_lock lock(impl_->mutex);
    const auto message = TRY(impl_->find(id));
    if (!message) return State::given_up;  // forgotten meanwhile
    const Instant next = now + delay_after(message->tries + 1, impl_->random);
    const State state = next > message->created_at + patience ? State::given_up : State::waiting;
    TRY(impl_->fail_try(id, error, state, state == State::given_up ? now : next));
    return state;
}

Result<void> Outbox::give_up(std::int64_t id, const Text& error, Instant now) {
    const std::scoped_lock lock(impl_->mutex);
    return impl_->fail_try(id, error, State::given_up, now);
}

Result<std::int64_t> Outbox::give_up_all(const Text& why, Instant now) {
    const std::scoped_lock lock(impl_->mutex);
    store::Statement* const update = TRY(impl_->database.cached(
        "update message set state = 'given_up', finished_at = ?1, error_ja = ?2, error_en = ?3 where state = "
        "'waiting'"));
    update->bind(1, number_of(now)).bind(2, why.ja).bind(3, why.en);
    TRY(update->run());
    return impl_->database.changes();
}

Result<std::int64_t> Outbox::revive(Instant now) {
    const std::scoped_lock lock(impl_->mutex);
    store::Statement* const update =
        TRY(impl_->database.cached("update message set state = 'waiting', tries = 0, created_at = ?1, "
                                   "next_try = ?1, finished_at = null where "
                                   "state = 'given_up'"));
    update->bind(1, number_of(now));
    TRY(update->run());
    return impl_->database.changes();
}

Result<std::vector<Message>> Outbox::messages() {
    const std::scoped_lock lock(impl_->mutex);
    store::Statement* const query = TRY(impl_->database.cached(fmt::format(
        "select {} from message order by case state when 'waiting' then 0 when 'given_up' then 1 else "
        "2 end, created_at, id",
        message_columns)));
    std::vector<Message> out;
    while (const auto row = TRY(query->step())) out.push_back(message_in(*row));
    return out;
}

Result<void> Outbox::tidy(Instant now) {
    const std::scoped_lock lock(impl_->mutex);
    store::Statement* const remove =
        TRY(impl_->database.cached("delete from message where (state = 'sent' and finished_at < ?1) or "
                                   "(state = 'given_up' and finished_at < "
                                   "?2)"));
    remove->bind(1, number_of(now - kept_sent)).bind(2, number_of(now - kept_given_up));
    return remove->run();
}

}  // namespace maru::notices
