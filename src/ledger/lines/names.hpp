// Names of keys, which are also origins of logs.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace maru::ledger {

// Not empty, valid UTF-8, no Unicode space, no "+" (c2sp.org/signed-note).
Result<std::string> require_key_name(std::string_view name);
// What we accept for keys of our own: also at most 255 bytes, visible ASCII only.
Result<void> require_own_name(std::string_view name);

}  // namespace maru::ledger
