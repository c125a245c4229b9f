// How the daily backups of an organisation are going.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/day.hpp"
#include "core/text.hpp"

namespace maru::backup {

struct Health {
    enum class State {
        off,      // none are made here
        waiting,  // the first one is still to come
        good,
        failed,  // the last try, or nothing since two days
    } state = State::off;
    std::string place;                          // as the configuration has it
    std::optional<Instant> last_success, next;  // next: when the next one begins
    std::string name;                           // of the newest backup
    std::uint64_t bytes = 0;                    // of it
    std::int64_t kept = 0;                      // of this organisation in the place
    Text problem{};                             // of the last try; empty after a success
};

}  // namespace maru::backup
