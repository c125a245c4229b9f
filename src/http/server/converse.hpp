// The waiting of a connection: coroutines, and nothing else.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "server/connection.hpp"

namespace maru::http {

// Serves a connection until it ends. Runs on its lane.
boost::asio::awaitable<void> converse(std::unique_ptr<Connection> connection);

// One connection too many: says so and ends.
boost::asio::awaitable<void> turn_away(std::unique_ptr<Connection> connection);

}  // namespace maru::http
