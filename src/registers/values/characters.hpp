// Characters that make a text look other than it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace maru::registers {

// Without marks that nobody sees and nobody typed on purpose: zero-width space, word joiner, byte order mark,
// soft hyphen, direction marks. Joiners within words and emoji, and variation selectors, stay.
std::string without_invisible(std::string_view utf8);

// The first character that shows text in another order or hides it (bidirectional overrides and isolates,
// Unicode Standard Annex 9; tags; annotations; line separators), as "U+202E".
std::optional<std::string> deceptive_character(std::string_view utf8);

// The first character that takes no room (joiners too), as "U+200D": two keys that look the same must be the
// same.
std::optional<std::string> joining_character(std::string_view utf8);

}  // namespace maru::registers
