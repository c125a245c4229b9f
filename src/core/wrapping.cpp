#include "core/wrapping.hpp"

#include <utf8proc.h>

#include <algorithm>

#include "core/text.hpp"

namespace maru {

namespace {

constexpr std::string_view never_first =
    "、。，．・：；？！）〕］｝〉》」』】゛゜ーゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％…"
    ",.;:!?)]}%";
constexpr std::string_view never_last = "（〔［｛〈《「『【([{";

struct Character {
    std::string_view bytes;
    std::size_t width = 0;
    bool is_space() const { return bytes == " "; }
    bool is_wide() const { return width > 1; }
};

Character character_at(std::string_view text) {
    utf8proc_int32_t code = -1;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code);
    const std::string_view bytes = text.substr(0, size > 0 ? static_cast<std::size_t>(size) : 1);
    return {bytes, display_width(bytes)};
}

bool may_break(const Character& before, const Character& after) {
    if (before.is_space()) return !after.is_space();
    if (after.width == 0 || after.is_space()) return false;
    if (never_first.contains(after.bytes) || never_last.contains(before.bytes)) return false;
    return before.is_wide() || after.is_wide();
}

std::string_view without_spaces_behind(std::string_view line) {
    return line.substr(0, line.find_last_not_of(' ') + 1);
}

// How many bytes of `text` make the first line.
std::size_t first_line(std::string_view text, std::size_t columns) {
    std::size_t at = 0;
    std::size_t width = 0;
    std::size_t good_break = 0;
    Character before;
    while (at < text.size()) {
        const Character next = character_at(text.substr(at));
        if (at > 0 && may_break(before, next)) good_break = at;
        if (width + next.width > columns && !next.is_space() && at > 0)
            return good_break > 0 ? good_break : at;
        width += next.width;
        at += next.bytes.size();
        before = next;
    }
    return at;
}

void wrap_line(std::string_view text, std::size_t columns, std::vector<std::string>& lines) {
    do {
        const std::size_t size = display_width(text) <= columns ? text.size() : first_line(text, columns);
        lines.emplace_back(without_spaces_behind(text.substr(0, size)));
        text.remove_prefix(size);
    } while (!text.empty());
}

}  // namespace

std::vector<std::string> wrapped(std::string_view utf8, std::size_t columns) {
    std::vector<std::string> lines;
    for (const std::string& line : split(utf8, '\n')) wrap_line(line, columns, lines);
    return lines;
}

}  // namespace maru
