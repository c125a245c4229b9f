#include "files/names.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace maru::packs {

namespace {

constexpr std::size_t longest = 200;

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

bool is_part(std::string_view part) {
    return !part.empty() && part != "." && part != ".." && std::ranges::all_of(part, is_plain);
}

}  // namespace

bool is_pack_name(std::string_view name) {
    if (name.size() > longest) return false;
    return std::ranges::all_of(split(name, '/'), [](const std::string& part) { return is_part(part); });
}

std::string shown_name(std::string_view name) {
    std::string out(name.substr(0, longest));
    std::ranges::replace_if(out, [](char c) { return c < ' ' || c > '~'; }, '?');
    return name.size() > longest ? out + "…" : out;
}

}  // namespace maru::packs
