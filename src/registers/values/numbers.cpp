#include "values/numbers.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "core/text.hpp"

namespace maru::registers {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
    if (!text.ends_with(suffix)) return false;
    text.remove_suffix(suffix.size());
    return true;
}

// "1,200" to "1200"; "" when the commas do not make groups of three or something is no digit.
std::string without_separators(std::string_view whole) {
    if (whole.find(',') == std::string_view::npos) return all_digits(whole) ? std::string(whole) : "";
    const std::vector<std::string> groups = split(whole, ',');
    if (groups.front().empty() || groups.front().size() > 3) return "";
    for (std::size_t i = 0; i < groups.size(); ++i)
        if (!all_digits(groups[i]) || (i > 0 && groups[i].size() != 3)) return "";
    return join(groups, "");
}

bool take_sign(std::string_view& text) {
    if (take_prefix(text, "-") || take_prefix(text, "\u2212")) return true;
    take_prefix(text, "+");
    return false;
}

std::expected<std::int64_t, NumberFault> signed_value(std::string_view digits, bool negative) {
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const std::uint64_t limit = negative ? largest + 1 : largest;
    std::uint64_t value = 0;
    for (const char c : digits) {
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (value > (limit - digit) / 10) return std::unexpected(NumberFault::too_large);
        value = value * 10 + digit;
    }
    return static_cast<std::int64_t>(negative ? ~value + 1 : value);
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> signs{
    {{"JPY", "¥"}, {"USD", "$"}, {"EUR", "€"}, {"GBP", "£"}}};

std::string_view sign_of(std::string_view currency) {
    const auto* const at =
        std::ranges::find(signs, currency, &std::pair<std::string_view, std::string_view>::first);
    return at == signs.end() ? std::string_view{} : at->second;
}

std::string grouped(std::string_view digits) {
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
        out += digits[i];
    }
    return out;
}

}  // namespace

std::expected<std::int64_t, NumberFault> parse_scaled(std::string_view text, int scale) {
    const bool negative = take_sign(text);
    const std::size_t point = text.find('.');
    const std::string whole = without_separators(text.substr(0, point));
    std::string fraction(point == std::string_view::npos ? "" : text.substr(point + 1));
    if (whole.empty() || !all_digits(fraction) || (point != std::string_view::npos && fraction.empty()))
        return std::unexpected(NumberFault::malformed);
    while (fraction.ends_with('0')) fraction.pop_back();
    const auto digits = static_cast<std::size_t>(scale);
    if (fraction.size() > digits) return std::unexpected(NumberFault::too_many_decimals);
    fraction.append(digits - fraction.size(), '0');
    return signed_value(whole + fraction, negative);
}

std::string format_scaled(std::int64_t value, int scale, Grouping grouping) {
    const auto bits = static_cast<std::uint64_t>(value);
    std::string digits = std::to_string(value < 0 ? ~bits + 1 : bits);
    const auto after = static_cast<std::size_t>(scale);
    if (digits.size() <= after) digits.insert(0, after + 1 - digits.size(), '0');
    const std::string_view whole = std::string_view(digits).substr(0, digits.size() - after);
    std::string out = value < 0 ? "-" : "";
    out += grouping == Grouping::thousands ? grouped(whole) : std::string(whole);
    if (after > 0) out.append(".").append(digits, digits.size() - after, after);
    return out;
}

int currency_digits(std::string_view currency) {
    static constexpr std::array<std::string_view, 16> none{"JPY", "KRW", "VND", "CLP", "ISK", "PYG",
                                                           "UGX", "XAF", "XOF", "XPF", "BIF", "DJF",
                                                           "GNF", "KMF", "RWF", "VUV"};
    static constexpr std::array<std::string_view, 7> three{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
    if (currency.empty() || std::ranges::find(none, currency) != none.end()) return 0;
    return std::ranges::find(three, currency) != three.end() ? 3 : 2;
}

std::string_view without_currency(std::string_view text, std::string_view currency) {
    const std::string_view code = currency.empty() ? std::string_view("JPY") : currency;
    const std::string_view sign = sign_of(code);
    bool taken =
        (!sign.empty() && take_prefix(text, sign)) || take_prefix(text, code) || take_suffix(text, code);
    // U+005C is the yen sign of Japanese keyboards and fonts.
    if (!taken && code == "JPY") taken = take_prefix(text, "\\") || take_suffix(text, "円");
    return taken ? trim(text) : text;
}

}  // namespace maru::registers
