// Reading back the one part of an envelope that the log needs.
#pragma once

#include <string_view>

#include "core/day.hpp"

namespace maru::ledger {

// The time that an encoded entry carries; corrupt or invalid when it is no envelope of ours.
Result<Instant> time_in(std::string_view body);

}  // namespace maru::ledger
