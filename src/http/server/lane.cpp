#include "server/lane.hpp"

#include <boost/asio/post.hpp>

#include "server/connection.hpp"
#include "server/head.hpp"

namespace maru::http {

Lane::Lane(Options& options, std::chrono::milliseconds sweep_every)
    : random_(options.random), sweep_every_(sweep_every) {}

void Lane::run() {
    sweep_later();
    context_.run();
    for (Connection* const connection : connections_) connection->hang_up();  // the grace is over
}

void Lane::drain(std::chrono::milliseconds grace) {
    boost::asio::post(context_, [this, grace] { begin_drain(grace); });
}

void Lane::begin_drain(std::chrono::milliseconds grace) {
    if (draining_) return;
    draining_ = true;
    end_ = std::chrono::steady_clock::now() + grace;
    for (Connection* const connection : connections_) connection->drain();
    if (connections_.empty()) sweeper_.cancel();
}

void Lane::enter(Connection& connection) {
    connection.place = connections_.size();
    connections_.push_back(&connection);
}

void Lane::leave(Connection& connection) {
    connections_[connection.place] = connections_.back();
    connections_[connection.place]->place = connection.place;
    connections_.pop_back();
    if (draining_ && connections_.empty() && !context_.stopped()) sweeper_.cancel();
}

// One timer looks after every connection's patience: cheaper than a timer for each read.
void Lane::sweep_later() {
    if (draining_ && connections_.empty()) return;
    sweeper_.expires_after(sweep_every_);
    sweeper_.async_wait([this](const boost::system::error_code& error) {
        if (!error) sweep();
    });
}

void Lane::sweep() {
    const Time now = std::chrono::steady_clock::now();
    if (now >= end_) return context_.stop();
    for (Connection* const connection : connections_)
        if (connection->deadline() < now) connection->expire();
    sweep_later();
}

const std::string& Lane::date(Instant now) {
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    if (date_.empty() || second != date_second_) date_ = http_date(now);
    date_second_ = second;
    return date_;
}

std::string Lane::next_id() {
    constexpr std::string_view digits = "0123456789ABCDEF";
    if (id_at_ == ids_.size()) {
        random_(ids_);
        id_at_ = 0;
    }
    std::string id;
    for (int i = 0; i < 4; ++i) {
        const std::uint8_t byte = ids_[id_at_++];
        id += digits[byte >> 4];
        id += digits[byte & 15];
        if (i == 1) id += '-';
    }
    return id;
}

}  // namespace maru::http
