#include "core/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

namespace maru {

namespace {

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

struct Character {
    utf8proc_int32_t code_point;  // -1: a byte that is no UTF-8
    std::size_t length;           // bytes
};

Character character_at(std::string_view text, std::size_t at) {
    utf8proc_int32_t code_point = -1;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at);
    const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
    if (length <= 0) return {-1, 1};
    return {code_point, static_cast<std::size_t>(length)};
}

std::size_t width_of(utf8proc_int32_t code_point) {
    if (code_point < 0) return 1;
    return static_cast<std::size_t>(std::max(0, utf8proc_charwidth(code_point)));
}

constexpr std::string_view ideographic_space = "\u3000";
constexpr std::string_view ascii_space = " \t\r\n\v\f";

}  // namespace

bool is_utf8(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (static_cast<unsigned char>(bytes[at]) < 0x80) {
            ++at;
            continue;
        }
        const Character next = character_at(bytes, at);
        if (next.code_point < 0) return false;
        at += next.length;
    }
    return true;
}

std::size_t code_points(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t display_width(std::string_view utf8) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const Character next = character_at(utf8, at);
        width += width_of(next.code_point);
        at += next.length;
    }
    return width;
}

std::string fit_to_width(std::string_view utf8, std::size_t columns) {
    if (display_width(utf8) <= columns) return std::string(utf8);
    if (columns == 0) return "";
    std::size_t width = 0;
    std::size_t at = 0;
    while (at < utf8.size()) {
        const Character next = character_at(utf8, at);
        if (width + width_of(next.code_point) > columns - 1) break;
        width += width_of(next.code_point);
        at += next.length;
    }
    return std::string(utf8.substr(0, at)) + "…";
}

std::string normalize_compatibility(std::string_view utf8) {
    if (is_ascii(utf8)) return std::string(utf8);
    utf8proc_uint8_t* mapped = nullptr;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                                     static_cast<utf8proc_ssize_t>(utf8.size()), &mapped, options);
    if (length < 0) return std::string(utf8);
    std::string out(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length));
    std::free(mapped);  // utf8proc allocates with malloc
    return out;
}

std::string_view trim(std::string_view text) {
    for (;;) {
        if (text.starts_with(ideographic_space))
            text.remove_prefix(ideographic_space.size());
        else if (!text.empty() && ascii_space.contains(text.front()))
            text.remove_prefix(1);
        else
            break;
    }
    for (;;) {
        if (text.ends_with(ideographic_space))
            text.remove_suffix(ideographic_space.size());
        else if (!text.empty() && ascii_space.contains(text.back()))
            text.remove_suffix(1);
        else
            break;
    }
    return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string out;
    for (const std::string& part : parts) {
        if (&part != &parts.front()) out.append(separator);
        out.append(part);
    }
    return out;
}

}  // namespace maru
