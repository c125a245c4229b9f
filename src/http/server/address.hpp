// Written addresses to listen on.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <string>

#include "core/result.hpp"

namespace maru::http {

// "127.0.0.1:8080", "[::1]:8080", ":8080" (every address).
Result<boost::asio::ip::tcp::endpoint> endpoint_of(const std::string& written);

std::string written(const boost::asio::ip::tcp::endpoint& endpoint);  // "[::1]:8080"

// Without the scope; an IPv4 address that came by an IPv6 socket is written as IPv4.
std::string written_peer(const boost::asio::ip::address& address);
std::string written_peer(std::string_view text);  // "" when it is no address

}  // namespace maru::http
