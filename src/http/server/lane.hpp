// One thread that reads and answers, with the connections that are its own.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "http/server.hpp"

namespace maru::http {

class Connection;

class Lane {
public:
    using Time = std::chrono::steady_clock::time_point;

    Lane(Options& options, std::chrono::milliseconds sweep_every);

    boost::asio::io_context& context() { return context_; }
    void run();
    // Any thread: idle connections end at once, others with their answer, all of them at `grace`.
    void drain(std::chrono::milliseconds grace);
    bool draining() const { return draining_; }

    void enter(Connection& connection);
    void leave(Connection& connection);

    const std::string& date(Instant now);
    std::string next_id();

private:
    void sweep_later();
    void sweep();
    void begin_drain(std::chrono::milliseconds grace);

    const Random random_;
    const std::chrono::milliseconds sweep_every_;
    std::vector<Connection*> connections_;
    std::array<std::uint8_t, 512> ids_{};
    std::size_t id_at_ = ids_.size();
    std::string date_;
    std::chrono::sys_seconds date_second_{};
    bool draining_ = false;
    Time end_ = Time::max();
    boost::asio::io_context context_{1};
    boost::asio::steady_timer sweeper_{context_};
};

}  // namespace maru::http
