#include "records/my_number.hpp"

#include <string>

#include "core/text.hpp"

namespace maru::registers {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_separator(char c) { return c == '-' || c == ' '; }

bool has_check_digit(std::string_view digits) {
    int sum = 0;
    for (int n = 1; n <= 11; ++n) {  // the n-th digit from the right, without the check digit
        const int p = digits[static_cast<std::size_t>(11 - n)] - '0';
        sum += p * (n <= 6 ? n + 1 : n - 5);
    }
    const int rest = sum % 11;
    return digits[11] - '0' == (rest <= 1 ? 0 : 11 - rest);
}

// The digits from `at` on; single separators after each fourth digit are skipped. Moves `at` behind them.
std::string digits_from(std::string_view text, std::size_t& at) {
    std::string digits;
    while (at < text.size()) {
        const bool between = is_separator(text[at]) && digits.size() % 4 == 0 && at + 1 < text.size() &&
                             is_digit(text[at + 1]);
        if (!is_digit(text[at]) && !between) break;
        if (is_digit(text[at])) digits += text[at];
        ++at;
    }
    return digits;
}

}  // namespace

bool holds_my_number(std::string_view text) {
    if (text.size() < 12) return false;
    const std::string normal = normalize_compatibility(text);
    for (std::size_t at = 0; at < normal.size();) {
        if (!is_digit(normal[at])) {
            ++at;
            continue;
        }
        const std::string digits = digits_from(normal, at);
        if (digits.size() == 12 && has_check_digit(digits)) return true;
    }
    return false;
}

}  // namespace maru::registers
