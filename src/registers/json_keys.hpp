// JSON as people mean it: what is written twice is refused, where parsers let the last one win.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace maru::registers {

// The first key that stands twice in one object of the text (RFC 8259 section 4 leaves open what that means).
// nullopt for none, also when the text is no JSON.
std::optional<std::string> key_written_twice(std::string_view json_text);

}  // namespace maru::registers
