// Which addresses are reachable by everybody: the others are not for requests to where somebody else says.
#pragma once

#include <sys/socket.h>

#include "core/bytes.hpp"

namespace maru::transport {

// 4 bytes (IPv4) or 16 (IPv6), network order. False for loopback, private, link-local, multicast,
// documentation and other special addresses (IANA special-purpose registries, RFC 6890), and for IPv6
// addresses that carry an IPv4 address within (mapped, NAT64) when that one is not public; for other lengths.
bool is_public(ByteView address);

// The same of a socket address; false for families other than these two.
bool is_public(const sockaddr* address, socklen_t length);

}  // namespace maru::transport
