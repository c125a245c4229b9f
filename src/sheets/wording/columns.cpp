#include "wording/columns.hpp"

namespace maru::sheets {

std::string padded(const std::string& text, std::size_t columns) {
    const std::size_t width = display_width(text);
    return width >= columns ? text : text + std::string(columns - width, ' ');
}

std::string right(const std::string& text, std::size_t columns) {
    const std::size_t width = display_width(text);
    return width >= columns ? text : std::string(columns - width, ' ') + text;
}

std::string mark_cell(Mark mark, Colour colour) {
    const std::string text(symbol(mark));
    return painted(text, mark, colour) + (display_width(text) < 2 ? " " : "");
}

std::string painted(const std::string& text, Mark mark, Colour colour) {
    if (colour == Colour::plain) return text;
    switch (mark) {
        case Mark::full: return "\x1b[32m" + text + "\x1b[0m";
        case Mark::partial: return "\x1b[33m" + text + "\x1b[0m";
        case Mark::none: return "\x1b[31m" + text + "\x1b[0m";
        case Mark::unknown: return "\x1b[35m" + text + "\x1b[0m";
        case Mark::not_applicable: return "\x1b[2m" + text + "\x1b[0m";
    }
    return text;
}

}  // namespace maru::sheets
