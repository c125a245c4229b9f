#include "cli/printable.hpp"

#include <fmt/core.h>

#include "core/text.hpp"

namespace maru::cli {

namespace {

std::size_t length_at(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return length <= text.size() && is_utf8(text.substr(0, length)) ? length : 0;
}

char32_t code_point(std::string_view utf8) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
    if (utf8.size() == 1) return at(0);
    char32_t code = at(0) & (0xFFu >> (utf8.size() + 1));
    for (std::size_t i = 1; i < utf8.size(); ++i) code = code << 6 | (at(i) & 0x3Fu);
    return code;
}

// Unicode Standard Annex 9: marks that override, embed or isolate a direction.
bool turns(char32_t code) {
    return code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

std::string shown(std::string_view utf8) {
    const char32_t code = code_point(utf8);
    if (code < 0x20) return std::string("\xE2\x90") + static_cast<char>(0x80 + code);
    if (code == 0x7F) return "\u2421";
    const bool breaks = code == 0x2028 || code == 0x2029;
    if ((code >= 0x80 && code < 0xA0) || breaks || turns(code))
        return fmt::format("[U+{:04X}]", static_cast<unsigned>(code));
    return std::string(utf8);
}

}  // namespace

std::string printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t length = length_at(text);
        out += length == 0 ? "\uFFFD" : shown(text.substr(0, length));
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

}  // namespace maru::cli
