// The few questions of ASCII text that HTTP asks (RFC 9110 section 5).
#pragma once

#include <algorithm>
#include <string_view>

namespace maru::http {

constexpr char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

constexpr bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lowered(x) == lowered(y); });
}

constexpr bool is_optional_space(char c) { return c == ' ' || c == '\t'; }

constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_optional_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_optional_space(text.back())) text.remove_suffix(1);
    return text;
}

// The items of a comma-separated list, trimmed, without empty ones.
template <class Take>
void for_each_item(std::string_view list, Take&& take) {
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        if (const std::string_view item = trimmed(list.substr(0, comma)); !item.empty()) take(item);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
}

}  // namespace maru::http
