// Bytes to and from a socket that does not block.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace maru::http {

struct Transfer {
    enum class State { moved, wants_read, wants_write, closed } state = State::closed;
    std::size_t bytes = 0;
};

class Wire {
public:
    explicit Wire(int socket) : socket_(socket) {}

    Transfer read(std::span<char> room);
    Transfer write(std::string_view first, std::string_view second);  // some of first, then of second

private:
    int socket_;
};

}  // namespace maru::http
