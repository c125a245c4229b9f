// What became of reading from or writing to a socket that does not block.
#pragma once

#include <cstddef>

namespace maru::http {

struct Transfer {
    enum class State { moved, wants_read, wants_write, closed } state = State::closed;
    std::size_t bytes = 0;
};

}  // namespace maru::http
