#include "exchange/number_formats.hpp"

#include <fmt/core.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

#include "core/day.hpp"

namespace maru::registers {

namespace {

using Kind = NumberFormat::Kind;

constexpr std::int64_t seconds_per_day = 86400;
constexpr double last_serial = 2958465;  // 9999-12-31

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool same_word(std::string_view text, std::string_view word) {
    if (text.size() < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if ((text[i] | 0x20) != (word[i] | 0x20)) return false;
    return true;
}

// What the letters of a format's first section say.
struct Letters {
    bool day = false, clock = false, month_or_minute = false, elapsed = false;
};

// Skips what is no letter of its own: "text", [brackets], \x, _x, *x. Returns the number of bytes, 0 for a
// letter.
std::size_t literal_at(std::string_view code, Letters& letters) {
    const char c = code.front();
    if (c == '\\' || c == '_' || c == '*') return std::min<std::size_t>(2, code.size());
    if (c == '"') return std::min(code.find('"', 1), code.size() - 1) + 1;
    if (c != '[') return 0;
    const std::string_view inside = code.substr(1, code.find(']') - 1);
    if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos)
        letters.elapsed = true;
    return std::min(code.find(']'), code.size() - 1) + 1;
}

Letters letters_of(std::string_view code) {
    Letters letters;
    while (!code.empty() && code.front() != ';') {
        std::size_t size = literal_at(code, letters);
        if (size == 0 && same_word(code, "AM/PM")) letters.clock = true, size = 5;
        if (size == 0 && (same_word(code, "E+") || same_word(code, "E-"))) size = 2;  // 0.00E+00
        if (size == 0) {
            const char letter = static_cast<char>(code.front() | 0x20);
            letters.day |= letter == 'y' || letter == 'd' || letter == 'e' || letter == 'g' || letter == 'a';
            letters.clock |= letter == 'h' || letter == 's';
            letters.month_or_minute |= letter == 'm';
            size = 1;
        }
        code.remove_prefix(size);
    }
    return letters;
}

std::optional<Day> day_of(std::int64_t serial, Epoch epoch) {
    // 29 February 1900 (60) is a day of spreadsheets only.
    if (epoch == Epoch::since_1900 && (serial == 60 || serial < 1)) return std::nullopt;
    const Day base = epoch == Epoch::since_1904 ? Day(1904, 1, 1) : Day(1899, 12, serial < 60 ? 31 : 30);
    const Day day = base.plus_days(static_cast<int>(serial));
    return day > forever() ? std::nullopt : std::optional(day);
}

std::string clock(std::int64_t seconds) {
    return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

// 1.5e-07 as 0.00000015; `text` is what "{:.15g}" wrote.
std::string without_exponent(const std::string& text) {
    const std::size_t e = text.find('e');
    if (e == std::string::npos) return text;
    int exponent = 0;
    std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), text.data() + text.size(), exponent);
    const bool negative = text.front() == '-';
    std::string digits = text.substr(negative ? 1 : 0, e - (negative ? 1 : 0));
    std::erase(digits, '.');
    if (exponent < 0)
        digits = "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    else
        digits.append(static_cast<std::size_t>(exponent) + 1 - digits.size(), '0');
    return (negative ? "-" : "") + digits;
}

std::optional<double> number_of(std::string_view raw) {
    double value = 0;
    const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
    if (error != std::errc() || end != raw.data() + raw.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string plain(std::string_view raw) {
    if (all_digits(raw) || (raw.starts_with('-') && all_digits(raw.substr(1)))) return std::string(raw);
    const auto value = number_of(raw);
    return value ? without_exponent(fmt::format("{:.15g}", *value)) : std::string(raw);
}

std::string padded(std::string_view raw, std::size_t digits) {
    std::string text = plain(raw);
    if (all_digits(text) && text.size() < digits) text.insert(0, digits - text.size(), '0');
    return text;
}

std::string moment(std::string_view raw, Kind kind, Epoch epoch) {
    const auto value = number_of(raw);
    if (!value || *value < 0 || *value > last_serial) return plain(raw);
    const auto seconds = static_cast<std::int64_t>(std::llround(*value * seconds_per_day));
    if (kind == Kind::elapsed || (kind == Kind::time && seconds < seconds_per_day)) return clock(seconds);
    const auto day = day_of(seconds / seconds_per_day, epoch);
    if (!day) return plain(raw);
    return kind == Kind::date ? day->iso() : day->iso() + " " + clock(seconds % seconds_per_day);
}

}  // namespace

NumberFormat builtin_format(int id) {
    if (id == 22) return {.kind = Kind::date_time};
    if (id == 46) return {.kind = Kind::elapsed};
    if ((id >= 18 && id <= 21) || id == 32 || id == 33 || id == 45 || id == 47) return {.kind = Kind::time};
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return {.kind = Kind::date};
    return {};
}

NumberFormat custom_format(std::string_view code) {
    if (same_word(code, "General")) return {};
    if (!code.empty() && code.find_first_not_of('0') == std::string_view::npos)
        return {.kind = Kind::padded, .digits = std::min<std::size_t>(code.size(), 30)};
    const Letters letters = letters_of(code);
    if (letters.elapsed) return {.kind = Kind::elapsed};
    if (letters.clock) return {.kind = letters.day ? Kind::date_time : Kind::time};
    if (letters.day || letters.month_or_minute) return {.kind = Kind::date};
    return {};
}

std::string show_number(std::string_view raw, const NumberFormat& format, Epoch epoch) {
    switch (format.kind) {
        case Kind::number: return plain(raw);
        case Kind::padded: return padded(raw, format.digits);
        case Kind::date:
        case Kind::time:
        case Kind::date_time:
        case Kind::elapsed: return moment(raw, format.kind, epoch);
    }
    return std::string(raw);
}

}  // namespace maru::registers
