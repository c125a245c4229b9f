#include "server/converse.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <string>
#include <utility>

#include "server/events.hpp"
#include "server/head.hpp"

namespace maru::http {

namespace {

namespace asio = boost::asio;
using Socket = Connection::Socket;
using State = Connection::State;
using Next = Connection::Next;
template <class T>
using Awaitable = asio::awaitable<T>;

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

bool waits(State state) { return state == State::wants_read || state == State::wants_write; }

Socket::wait_type direction(State state) {
    return state == State::wants_write ? Socket::wait_write : Socket::wait_read;
}

// TLS, where the server has it.
Awaitable<bool> shake_hands(Connection& connection) {
    State state = connection.shake_hands();
    while (waits(state)) {
        const auto waited = co_await connection.socket().async_wait(direction(state), no_throw);
        if (std::get<0>(waited)) co_return false;
        state = connection.shake_hands();
    }
    co_return state == State::moved;
}

// False: nothing will come any more, or not in time.
Awaitable<bool> receive_more(Connection& connection) {
    if (connection.should_yield()) co_await asio::post(asio::use_awaitable);
    State state = connection.drained() ? State::wants_read : connection.receive();
    while (waits(state)) {
        const auto waited = co_await connection.socket().async_wait(direction(state), no_throw);
        if (std::get<0>(waited)) co_return false;
        state = connection.receive();
    }
    co_return state == State::moved;
}

Awaitable<bool> send_all(Connection& connection) {
    State state = connection.send();
    while (waits(state)) {
        const auto waited = co_await connection.socket().async_wait(direction(state), no_throw);
        if (std::get<0>(waited)) co_return false;
        state = connection.send();
    }
    co_return state == State::moved;
}

Awaitable<Next> receive_head(Connection& connection) {
    connection.await_request();
    while (true) {
        const Progress progress = connection.read_head();
        if (progress == Progress::complete) co_return connection.after_head();
        if (progress == Progress::refused) co_return connection.after_refusal();
        if (!co_await receive_more(connection)) co_return connection.after_silence();
    }
}

Awaitable<Next> receive_body(Connection& connection) {
    if (connection.wants_continue()) {
        connection.begin_part("HTTP/1.1 100 Continue\r\n\r\n");
        if (!co_await send_all(connection)) co_return Next::end;
    }
    while (true) {
        const Progress progress = connection.read_body();
        if (progress == Progress::complete) co_return connection.after_body();
        if (progress == Progress::refused) co_return connection.after_refusal();
        if (!co_await receive_more(connection)) co_return connection.after_silence();
    }
}

// The handler runs on the pool, what follows on the lane again. Nothing else touches the connection
// meanwhile.
Awaitable<void> handle_on_pool(Connection& connection) {
    const auto begin = [&connection](auto resume) {
        auto home = asio::make_work_guard(asio::get_associated_executor(resume));
        connection.shared().pool.submit(
            [&connection, home = std::move(home), resume = std::move(resume)]() mutable {
                connection.handle();
                asio::post(home.get_executor(), std::move(resume));
            });
    };
    return asio::async_initiate<decltype(asio::use_awaitable), void()>(begin, asio::use_awaitable);
}

Awaitable<void> handle_slowly(Connection& connection) {
    if (!connection.shared().pool.reserve()) {
        connection.refuse_busy(503, std::chrono::seconds(1));
        co_return;
    }
    connection.wait_for_ever();
    co_await handle_on_pool(connection);
}

// Rings when an event comes, when the reader says something or leaves, and when a sign of life is due.
class Bell {
public:
    explicit Bell(Connection& connection)
        : timer_(std::make_shared<asio::steady_timer>(connection.socket().get_executor())) {}

    asio::steady_timer& until(std::chrono::steady_clock::duration patience) {
        timer_->expires_after(patience);
        return *timer_;
    }
    std::function<void()> from_anywhere() const {
        return [weak = std::weak_ptr(timer_), executor = timer_->get_executor()] {
            asio::post(executor, [weak] {
                if (const auto timer = weak.lock()) timer->cancel();
            });
        };
    }
    void ring_when_readable(Socket& socket) {
        if (std::exchange(watches_, true)) return;
        socket.async_wait(Socket::wait_read,
                          [this, weak = std::weak_ptr(timer_)](const boost::system::error_code&) {
                              const auto timer = weak.lock();
                              if (!timer) return;  // and no bell
                              watches_ = false;
                              readable_ = true;
                              timer->cancel();
                          });
    }
    bool was_readable() { return std::exchange(readable_, false); }

private:
    std::shared_ptr<asio::steady_timer> timer_;
    bool watches_ = false, readable_ = false;
};

std::string framed(const Connection& connection, std::string bytes) {
    if (!connection.sends_chunks()) return bytes;
    std::string out;
    append_chunk(out, bytes);
    return out;
}

// The reader has nothing to say; what it says is thrown away. False: it left.
bool listens(Connection& connection, Bell& bell) {
    if (!bell.was_readable()) return true;
    State state = State::moved;
    while (state == State::moved) {
        state = connection.receive();
        connection.discard_input();
    }
    return state != State::closed;
}

Awaitable<void> send_events(Connection& connection, EventStream::Impl& events) {
    Bell bell(connection);
    events.attach(bell.from_anywhere());
    while (!events.has_ended() && !connection.draining()) {
        std::string batch = events.take();
        if (batch.empty()) {
            connection.wait_for_ever();
            bell.ring_when_readable(connection.socket());
            const auto rung =
                co_await bell.until(connection.shared().options.limits.heartbeat).async_wait(no_throw);
            if (!listens(connection, bell)) co_return;
            if (!std::get<0>(rung)) batch = ": \n\n";  // nothing happened for a while
        }
        if (batch.empty()) continue;
        connection.begin_part(framed(connection, std::move(batch)));
        if (!co_await send_all(connection)) co_return;
    }
    if (!connection.sends_chunks()) co_return;
    connection.begin_part(framed(connection, ""));
    co_await send_all(connection);
}

// Who still sends when we close would lose our answer to a reset.
Awaitable<void> part(Connection& connection) {
    connection.end_sending();
    connection.wait_at_most(std::chrono::milliseconds(connection.draining() ? 200 : 2'000));
    for (int i = 0; i < 64; ++i) {
        connection.discard_input();
        if (!co_await receive_more(connection)) break;
    }
}

Awaitable<void> answer_and_part(Connection& connection) {
    connection.begin_answer();
    const bool sent = co_await send_all(connection);
    connection.end_answer();
    if (sent) co_await part(connection);
}

}  // namespace

Awaitable<void> converse(std::unique_ptr<Connection> owned) {
    Connection& connection = *owned;
    connection.enter();
    if (!co_await shake_hands(connection)) co_return;
    do {
        Next next = co_await receive_head(connection);
        if (next == Next::body) next = co_await receive_body(connection);
        if (next == Next::end) co_return;
        if (next == Next::quick) connection.handle();
        if (next == Next::slow) co_await handle_slowly(connection);
        connection.begin_answer();
        const bool sent = co_await send_all(connection);
        if (sent && connection.events() != nullptr) co_await send_events(connection, *connection.events());
        connection.end_answer();
        if (!sent) co_return;
        if (connection.should_yield()) co_await asio::post(asio::use_awaitable);
    } while (connection.stays());
    co_await part(connection);
}

Awaitable<void> turn_away(std::unique_ptr<Connection> owned) {
    Connection& connection = *owned;
    connection.enter();
    if (!co_await shake_hands(connection)) co_return;
    connection.refuse_connection();
    co_await answer_and_part(connection);
}

}  // namespace maru::http
