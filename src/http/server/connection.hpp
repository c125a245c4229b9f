// One connection without its waiting: what to do with bytes that came, what to send. Lives on its lane.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "server/buffer.hpp"
#include "server/events.hpp"
#include "server/lane.hpp"
#include "server/reader.hpp"
#include "server/shared.hpp"
#include "server/spool.hpp"
#include "server/wire.hpp"

namespace maru::http {

class Connection {
public:
    using Socket = boost::asio::ip::tcp::socket;
    using Time = Lane::Time;
    using State = Transfer::State;
    enum class Next { end, answer, body, quick, slow };

    struct Peer {
        std::string address;
        bool counted = false;  // shared.peers knows of it
    };
    Connection(Shared& shared, Lane& lane, Socket socket, Peer peer,
               const Certificates::Context& certificate);
    ~Connection();

    void enter();  // on the lane's thread
    Socket& socket() { return socket_; }
    Shared& shared() { return shared_; }

    // Receiving. Nothing waits in here; `drained`: the socket has nothing for us at the moment.
    bool drained() const { return drained_; }
    State shake_hands();  // moved: done, or there is no TLS
    State receive();
    void await_request();
    Progress read_head();
    Next after_head();  // also makes the answer when it is a refusal
    Progress read_body();
    Next after_body() const;
    bool wants_continue();  // the peer waits for a 100 before it sends the body
    Next after_refusal();
    Next after_silence();  // the peer left, or sent nothing for too long

    // Answering.
    void handle();  // calls the handler; the only one here that may run on the pool
    void refuse(int status, const Text& why);
    void refuse_busy(int status, std::chrono::seconds wait);  // 429, 503
    void refuse_connection();
    void begin_answer();
    void begin_part(std::string bytes);  // of an answer that is sent in parts
    State send();                        // moved: all of it was sent
    void end_sending() { wire_.end_sending(); }
    void end_answer();   // counts it, logs it, forgets the request
    bool stays() const;  // for another request

    // Streaming.
    EventStream::Impl* events() const;  // null: this answer is no stream
    bool sends_chunks() const { return !reader_.is_http_1_0(); }
    void discard_input() { input_ = Buffer(); }
    bool draining() const { return lane_.draining(); }

    Time deadline() const { return deadline_; }
    void wait_at_most(std::chrono::milliseconds patience);
    // Now and then: who always has more to say lets the lane's others speak.
    bool should_yield() { return ++turns_ % 32 == 0; }
    void wait_for_ever() { deadline_ = Time::max(); }
    void expire();
    void wait_for_transfer(std::size_t moved);  // at least as fast as the limits want it
    void hang_up();
    void drain();  // idle: ends now

    std::size_t place = 0;  // in the lane's list

private:
    void identify();
    void believe_proxy();
    void begin_transfer();
    bool starts_stream();
    void end_stream();
    bool call(const std::function<void()>& ours);  // false: it threw, and the answer says so
    bool is_admitted();
    Next refused(int status, const Text& why);
    Next find_route();
    Next check_body();
    Progress spool();

    Shared& shared_;
    Lane& lane_;
    Socket socket_;
    Wire wire_;
    const std::string address_;
    const bool trusted_;
    const bool counted_;
    bool entered_ = false;

    Buffer input_;
    RequestReader reader_;
    Request request_;
    Router::Match match_;
    Spool spool_;
    bool drained_ = true;
    bool idle_ = true;
    bool expired_ = false;
    Refusal refusal_;

    Response response_;
    std::string out_;
    std::string_view content_;
    std::size_t sent_ = 0, sent_earlier_ = 0, head_size_ = 0;
    bool keep_alive_ = true;
    bool tags_were_gzip_ = false;
    std::shared_ptr<EventStream> streaming_;
    std::chrono::steady_clock::time_point begun_;
    Time deadline_ = Time::max();
    Time transfer_begun_{};
    std::size_t transferred_ = 0;
    std::uint32_t turns_ = 0;
};

}  // namespace maru::http
