#include "server/connection.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "http/ascii.hpp"
#include "http/coding.hpp"
#include "server/address.hpp"
#include "server/head.hpp"

namespace maru::http {

namespace {

constexpr std::size_t body_buffer = 64 * 1024;

// What proxies on the way need to know.
void add_stream_headers(Headers& headers) {
    headers.set("Content-Type", "text/event-stream");
    headers.set("Cache-Control", "no-store");
    headers.set("X-Accel-Buffering", "no");
}

Text unknown_path() { return {"この URL には何もありません。", "there is nothing at this URL"}; }

}  // namespace

Connection::Connection(Shared& shared, Lane& lane, Socket socket, Peer peer,
                       const Certificates::Context& certificate)
    : shared_(shared),
      lane_(lane),
      socket_(std::move(socket)),
      wire_(socket_.native_handle(), certificate),
      address_(std::move(peer.address)),
      trusted_(shared.trusts(address_)),
      counted_(peer.counted && !trusted_),
      reader_(shared.options.limits.header) {
    ++shared_.counters.connections;
    ++shared_.counters.open_connections;
}

Connection::~Connection() {
    end_stream();
    if (entered_) lane_.leave(*this);
    if (counted_) shared_.peers.leave(peer_key(address_));
    --shared_.counters.open_connections;
}

void Connection::enter() {
    lane_.enter(*this);
    entered_ = true;
    wait_at_most(shared_.options.limits.header_patience);  // for TLS to begin
}

void Connection::wait_at_most(std::chrono::milliseconds patience) {
    deadline_ = std::chrono::steady_clock::now() + patience;
}

void Connection::begin_transfer() {
    transfer_begun_ = std::chrono::steady_clock::now();
    transferred_ = 0;
    wait_at_most(shared_.options.limits.body_patience);
}

void Connection::wait_for_transfer(std::size_t moved) {
    const Limits& limits = shared_.options.limits;
    transferred_ += moved;
    const std::chrono::duration<double> enough(static_cast<double>(transferred_) / limits.slowest);
    const Time end =
        transfer_begun_ + limits.body_patience + std::chrono::duration_cast<Time::duration>(enough);
    wait_at_most(limits.body_patience);
    deadline_ = std::min(deadline_, end);
}

void Connection::expire() {
    expired_ = true;
    wait_for_ever();
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Connection::drain() {
    if (idle_) expire();
    if (streaming_) streaming_->impl().ring();
}

void Connection::hang_up() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

Connection::State Connection::shake_hands() { return wire_.shake_hands().state; }

Connection::State Connection::receive() {
    const std::span<char> room =
        input_.room(std::max<std::size_t>(body_buffer, shared_.options.limits.header + 1));
    const Transfer transfer = wire_.read(room);
    if (transfer.state == State::moved) input_.added(transfer.bytes);
    drained_ = transfer.bytes < room.size() && (!wire_.is_secure() || transfer.state == State::wants_read);
    return transfer.state;
}

void Connection::await_request() {
    idle_ = input_.unread().empty();
    if (idle_) input_.shrink();
    wait_at_most(shared_.options.limits.idle);
}

Progress Connection::read_head() {
    const bool had_begun = reader_.begun();
    const Progress progress = reader_.read_head(input_, request_);
    if (progress == Progress::refused) refusal_ = reader_.refusal();
    if (had_begun || !reader_.begun()) return progress;
    idle_ = false;
    begun_ = std::chrono::steady_clock::now();
    deadline_ = begun_ + shared_.options.limits.header_patience;
    return progress;
}

Connection::Next Connection::refused(int status, const Text& why) {
    refuse(status, why);
    return Next::answer;
}

Connection::Next Connection::after_head() {
    identify();
    if (const auto wait = shared_.peers.wait(peer_key(request_.peer), begun_)) {
        refuse_busy(429, *wait);
        return Next::answer;
    }
    return find_route();
}

void Connection::identify() {
    request_.id = lane_.next_id();
    request_.peer = address_;
    request_.secure = wire_.is_secure();
    tags_were_gzip_ = take_plain_tags(request_.headers);
    if (trusted_) believe_proxy();
}

// A proxy that we trust says whom it asks for: the last address that is not such a proxy's.
void Connection::believe_proxy() {
    if (const auto scheme = request_.headers.find("X-Forwarded-Proto"))
        request_.secure = same_name(trimmed(*scheme), "https");
    for (const auto& [name, value] : request_.headers.all())
        if (same_name(name, "X-Forwarded-For"))
            for_each_item(value, [this](std::string_view item) {
                const std::string address = written_peer(item);
                if (!shared_.trusts(address)) request_.peer = address.empty() ? address_ : address;
            });
}

Connection::Next Connection::find_route() {
    keep_alive_ = reader_.keep_alive();
    match_ = shared_.router.find(request_.method, request_.path);
    if (match_.route != nullptr) return check_body();
    keep_alive_ = keep_alive_ && !reader_.has_body();
    if (match_.allowed.empty()) {
        response_ = shared_.problem(&request_, 404, unknown_path());
        return Next::answer;
    }
    std::string allowed;
    for (const Method method : match_.allowed) {
        allowed += allowed.empty() ? "" : ", ";
        allowed += name_of(method);
        if (method == Method::get) allowed += ", HEAD";
    }
    const bool asked = request_.method == Method::options;
    response_ = asked ? Response{.status = 204}
                      : shared_.problem(&request_, 405,
                                        {"この URL では " + allowed + " だけが使えます。",
                                         "this URL takes " + allowed + " only"});
    response_.headers.set("Allow", std::move(allowed));
    return Next::answer;
}

Connection::Next Connection::check_body() {
    if (!reader_.has_body()) return after_body();
    const std::uint64_t limit = match_.route->body_limit;
    if (reader_.content_length().value_or(0) > limit)
        return refused(413, {"本文が大きすぎます（上限 " + std::to_string(limit) + " バイト）。",
                             "the body is too large (at most " + std::to_string(limit) + " bytes)"});
    const bool is_small = reader_.content_length().value_or(limit) <= unasked_body;
    if (!is_small && match_.route->admit && !is_admitted()) return Next::answer;
    reader_.limit_body(limit);
    begin_transfer();
    return Next::body;
}

bool Connection::is_admitted() {
    std::optional<Response> refusal;
    const bool went = call([&] { refusal = match_.route->admit(request_, match_.captures); });
    if (went && !refusal) return true;
    if (refusal) response_ = std::move(*refusal);
    keep_alive_ = false;  // the body is still to come
    return false;
}

Progress Connection::read_body() {
    const std::size_t there = input_.unread().size();
    const Progress progress = reader_.read_body(input_, request_);
    if (progress == Progress::refused) {
        refusal_ = reader_.refusal();
        return progress;
    }
    wait_for_transfer(there - input_.unread().size());
    const bool is_large = request_.body.size() > shared_.options.limits.memory_body;
    if (!is_large && !spool_.is_open()) return progress;
    if (auto kept = spool(); kept == Progress::refused) return kept;
    if (progress == Progress::complete) spool_.close();
    return progress;
}

Progress Connection::spool() {
    auto written = spool_.is_open() ? Result<void>() : spool_.open(shared_.options.spool);
    if (written) written = spool_.append(request_.body);
    if (!written) {
        shared_.options.tell(written.error().message);
        refusal_ = {503, {"サーバーに空きがありません。", "the server has no room for this"}};
        return Progress::refused;
    }
    request_.body.clear();
    request_.body_file = spool_.path();
    return Progress::complete;
}

Connection::Next Connection::after_body() const {
    return match_.route->work == Work::quick ? Next::quick : Next::slow;
}

bool Connection::wants_continue() {
    return reader_.expects_continue() && !reader_.is_http_1_0() && input_.unread().empty();
}

Connection::Next Connection::after_refusal() { return refused(refusal_.status, refusal_.why); }

Connection::Next Connection::after_silence() {
    if (!expired_ || idle_) return Next::end;
    expired_ = false;
    return refused(408, {"要求の続きが届きません。", "the rest of the request did not come in time"});
}

bool Connection::call(const std::function<void()>& ours) {
    try {
        ours();
        return true;
    } catch (const std::exception& thrown) {  // of an outside library: ours do not throw
        shared_.options.tell({request_.id + ": " + thrown.what(), request_.id + ": " + thrown.what()});
    }
    response_ = shared_.problem(&request_, 500, {"サーバーの誤りです。", "the server made a mistake"});
    return false;
}

void Connection::handle() {
    call([this] { response_ = match_.route->handler(request_, match_.captures); });
    shared_.compressor.finish(request_, response_, tags_were_gzip_);
}

void Connection::refuse(int status, const Text& why) {
    if (request_.id.empty()) request_.id = lane_.next_id();
    if (request_.peer.empty()) request_.peer = address_;
    if (begun_ == Time{}) begun_ = std::chrono::steady_clock::now();
    ++shared_.counters.refused;
    keep_alive_ = false;
    response_ = shared_.problem(request_.path.empty() ? nullptr : &request_, status, why);
}

void Connection::refuse_busy(int status, std::chrono::seconds wait) {
    const std::string seconds = std::to_string(wait.count());
    ++shared_.counters.refused;
    keep_alive_ = reader_.keep_alive() && !reader_.has_body();
    response_ = shared_.problem(&request_, status,
                                {"混み合っています。" + seconds + " 秒後にもう一度どうぞ。",
                                 "busy; ask again in " + seconds + " seconds"});
    response_.headers.set("Retry-After", seconds);
}

void Connection::refuse_connection() {
    refuse(503, {"接続が多すぎます。", "there are too many connections"});
    response_.headers.set("Retry-After", "5");
}

void Connection::begin_answer() {
    const bool whole = request_.method != Method::head && !has_no_content(response_.status);
    const bool streams = starts_stream();
    const std::string_view content = response_.text();
    keep_alive_ = keep_alive_ && !lane_.draining() && !streams;
    if (streams) add_stream_headers(response_.headers);
    out_.clear();
    append_head(out_, response_,
                {.date = lane_.date(shared_.options.clock()),
                 .request_id = request_.id,
                 .length = streams ? std::nullopt : std::optional<std::uint64_t>(content.size()),
                 .keep_alive = keep_alive_,
                 .http_1_0 = reader_.is_http_1_0()});
    content_ = whole ? content : std::string_view();
    head_size_ = out_.size();
    sent_ = sent_earlier_ = 0;
    begin_transfer();
}

void Connection::begin_part(std::string bytes) {
    sent_earlier_ += sent_;
    out_ = std::move(bytes);
    content_ = {};
    sent_ = 0;
    begin_transfer();
}

// Of an answer to HEAD nobody hears the events.
bool Connection::starts_stream() {
    const auto* const found = std::get_if<std::shared_ptr<EventStream>>(&response_.content);
    if (found == nullptr) return false;
    streaming_ = *found;
    if (request_.method != Method::head) return true;
    end_stream();
    return false;
}

void Connection::end_stream() {
    if (streaming_) streaming_->impl().detach();
    streaming_.reset();
}

EventStream::Impl* Connection::events() const { return streaming_ ? &streaming_->impl() : nullptr; }

Connection::State Connection::send() {
    while (sent_ < out_.size() + content_.size()) {
        const std::size_t of_head = std::min(sent_, out_.size());
        const Transfer transfer =
            wire_.write(std::string_view(out_).substr(of_head), content_.substr(sent_ - of_head));
        if (transfer.state != State::moved) return transfer.state;
        sent_ += transfer.bytes;
        wait_for_transfer(transfer.bytes);
    }
    return State::moved;
}

void Connection::end_answer() {
    const auto took = std::chrono::steady_clock::now() - begun_;
    ++shared_.counters.requests;
    const std::uint64_t sent = sent_earlier_ + sent_;
    shared_.counters.bytes_sent += sent;
    ++shared_.counters.by_class[std::clamp(response_.status / 100, 0, 5)];
    shared_.options.log({.at = shared_.options.clock(),
                         .id = std::move(request_.id),
                         .peer = std::move(request_.peer),
                         .method = request_.method,
                         .path = std::move(request_.path),
                         .status = response_.status,
                         .sent = sent - std::min<std::uint64_t>(sent, head_size_),
                         .took = std::chrono::duration_cast<std::chrono::microseconds>(took)});
    end_stream();
    content_ = {};
    request_ = Request();
    response_ = Response();
    spool_.remove();
    reader_.reset();
    begun_ = {};
}

bool Connection::stays() const { return keep_alive_ && !expired_ && !lane_.draining(); }

}  // namespace maru::http
