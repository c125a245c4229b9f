#include "values/characters.hpp"

#include <fmt/core.h>
#include <utf8proc.h>

#include <algorithm>

namespace maru::registers {

namespace {

using CodePoint = utf8proc_int32_t;

bool is_invisible(CodePoint c) {
    return c == 0x00AD || c == 0x061C || c == 0x180E || c == 0x200B || c == 0x200E || c == 0x200F ||
           c == 0x2060 || c == 0xFEFF;
}

bool is_deceptive(CodePoint c) {
    const auto within = [c](CodePoint first, CodePoint last) { return c >= first && c <= last; };
    return within(0x2028, 0x202E) || within(0x2066, 0x206F) || within(0xFFF9, 0xFFFB) ||
           within(0xE0000, 0xE007F);
}

bool is_joining(CodePoint c) { return c == 0x200C || c == 0x200D; }

// All of them are outside ASCII, and most texts have nothing of the kind.
bool may_have_some(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == 0xC2 || byte == 0xD8 || byte == 0xE1 || byte == 0xE2 || byte == 0xEF || byte == 0xF3;
    });
}

// Calls `visit` with every code point and its bytes until it returns false.
template <class Visit>
void each_code_point(std::string_view text, Visit&& visit) {
    while (!text.empty()) {
        CodePoint code = -1;
        const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                           static_cast<utf8proc_ssize_t>(text.size()), &code);
        const std::size_t bytes = size > 0 ? static_cast<std::size_t>(size) : 1;
        if (!visit(code, text.substr(0, bytes))) return;
        text.remove_prefix(bytes);
    }
}

std::optional<std::string> first_that(std::string_view text, bool (*is_it)(CodePoint)) {
    std::optional<std::string> found;
    if (!may_have_some(text)) return found;
    each_code_point(text, [&](CodePoint code, std::string_view) {
        if (is_it(code)) found = fmt::format("U+{:04X}", code);
        return !found;
    });
    return found;
}

}  // namespace

std::string without_invisible(std::string_view utf8) {
    if (!may_have_some(utf8)) return std::string(utf8);
    std::string out;
    each_code_point(utf8, [&](CodePoint code, std::string_view bytes) {
        if (!is_invisible(code)) out += bytes;
        return true;
    });
    return out;
}

std::optional<std::string> deceptive_character(std::string_view utf8) {
    return first_that(utf8, is_deceptive);
}

std::optional<std::string> joining_character(std::string_view utf8) { return first_that(utf8, is_joining); }

}  // namespace maru::registers
