// Text in two languages, and the few questions we ask of Unicode.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace maru {

enum class Language { ja, en };

struct Text {
    std::string ja;
    std::string en;
    const std::string& in(Language language) const { return language == Language::ja ? ja : en; }
    bool operator==(const Text&) const = default;
};

// True when the bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool is_utf8(std::string_view bytes);

// Number of code points of well-formed UTF-8.
std::size_t code_points(std::string_view utf8);

// Columns that the text takes in a terminal: full-width forms 2, combining marks 0 (Unicode Standard Annex
// 11).
std::size_t display_width(std::string_view utf8);

// At most `columns` wide; cut text ends in "…".
std::string fit_to_width(std::string_view utf8, std::size_t columns);

// NFKC (Unicode Standard Annex 15): full-width digits and letters become ASCII, half-width kana become
// full-width.
std::string normalize_compatibility(std::string_view utf8);

std::string_view trim(std::string_view text);  // ASCII white space and U+3000
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

// "{name}" is replaced by what `lookup` returns; unknown names stay as written.
template <class Lookup>
std::string fill(std::string_view sentence, Lookup&& lookup) {
    std::string out;
    std::size_t at = 0;
    while (at < sentence.size()) {
        const std::size_t open = sentence.find('{', at);
        const std::size_t close = open == std::string_view::npos ? open : sentence.find('}', open);
        if (close == std::string_view::npos) break;
        out.append(sentence.substr(at, open - at));
        out.append(
            lookup(sentence.substr(open + 1, close - open - 1), sentence.substr(open, close + 1 - open)));
        at = close + 1;
    }
    out.append(sentence.substr(at));
    return out;
}

}  // namespace maru
