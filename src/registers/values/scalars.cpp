#include "values/scalars.hpp"

#include <fmt/core.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "core/day.hpp"
#include "values/numbers.hpp"

namespace maru::registers {

namespace {

constexpr std::size_t shown_columns = 60;
constexpr std::size_t shown_bytes = 4 * shown_columns;

std::string picture(unsigned char control) {
    if (control == 0x7F) return "\u2421";
    return std::string("\xE2\x90") + static_cast<char>(0x80 + control);
}

// The sentence about limits, "" when there are none.
Text limits_of(const Field& field) {
    const int scale = scale_of(field);
    const auto written = [&](std::int64_t limit) { return format_scaled(limit, scale, Grouping::thousands); };
    if (field.min && field.max)
        return {fmt::format("{} から {} までです。", written(*field.min), written(*field.max)),
                fmt::format("from {} to {}", written(*field.min), written(*field.max))};
    if (field.min)
        return {fmt::format("{} 以上です。", written(*field.min)),
                fmt::format("at least {}", written(*field.min))};
    const std::string most = written(field.max.value_or(0));
    return {fmt::format("{} 以下です。", most), fmt::format("at most {}", most)};
}

Text expected_number(const Field& field, NumberFault fault) {
    if (fault == NumberFault::too_large)
        return {"大きすぎます。桁数を確かめてください。", "a smaller number (it must fit in 64 bits)"};
    const int scale = scale_of(field);
    if (fault == NumberFault::too_many_decimals && scale > 0)
        return {fmt::format("小数点以下は {} 桁までです。", scale),
                fmt::format("at most {} digits after the point", scale)};
    if (field.element() == FieldType::money)
        return {"金額を数字だけで書いてください（例: 1,200,000。「万円」などの単位は使えません）。",
                "an amount in digits, such as 1,200,000 (no 万円 or other multiples)"};
    if (scale > 0) return {"数で書いてください（例: 7.5）。", "a number, such as 7.5"};
    return {"整数で書いてください（例: 12、1,200）。", "a whole number, such as 12 or 1,200"};
}

bool outside(const Field& field, std::int64_t value) {
    return (field.min && value < *field.min) || (field.max && value > *field.max);
}

// "9:15", "09:15:30" or "9時15分" as seconds of the day.
std::optional<int> seconds_of_day(std::string_view text) {
    std::string time(text);
    for (const auto& [from, to] : {std::pair{"時", ":"}, std::pair{"分", ""}})
        if (const std::size_t at = time.find(from); at != std::string::npos)
            time.replace(at, std::string_view(from).size(), to);
    const std::vector<std::string> parts = split(time, ':');
    if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
    static constexpr std::array limits{24, 60, 60};
    int seconds = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const std::string part = i < parts.size() ? parts[i] : "0";
        const auto number = parse_scaled(part, 0);
        if (part.empty() || part.size() > 2 || !number || *number < 0 || *number >= limits[i])
            return std::nullopt;
        seconds = seconds * 60 + static_cast<int>(*number);
    }
    return seconds;
}

// "2026/11/23 9:15", "令和8年11月23日 9:15": Japanese time.
std::optional<Instant> japanese_time(std::string_view text) {
    const std::size_t space = text.find_last_of(" T");
    if (space == std::string_view::npos) return std::nullopt;
    const auto day = parse_written_day(trim(text.substr(0, space)));
    const auto seconds = seconds_of_day(text.substr(space + 1));
    if (!day || !seconds) return std::nullopt;
    return Instant(day->sys_days()) + std::chrono::seconds(*seconds) - std::chrono::hours(9);
}

// What stands before a clock time that can be read; nullopt when there is none.
std::optional<Result<Day>> day_before_time(std::string_view text) {
    const std::size_t space = text.find_last_of(" T");
    if (space == std::string_view::npos || !seconds_of_day(text.substr(space + 1))) return std::nullopt;
    return parse_written_day(trim(text.substr(0, space)));
}

// Spreadsheets and other systems write a day as "2026/11/23 0:00".
std::string_view without_midnight(std::string_view text) {
    const std::size_t space = text.find_last_of(" T");
    if (space == std::string_view::npos || seconds_of_day(text.substr(space + 1)) != 0) return text;
    return trim(text.substr(0, space));
}

Text choices_of(const Field& field) {
    std::vector<std::string> ja, en;
    for (const Choice& choice : field.choices) {
        ja.push_back(fmt::format("{}（{}）", choice.label.ja, choice.code));
        en.push_back(fmt::format("{} ({})", choice.code, choice.label.en));
    }
    return {fmt::format("次のどれかを書いてください: {}。", join(ja, "、")),
            fmt::format("one of: {}", join(en, ", "))};
}

}  // namespace

std::string folded(std::string_view text) {
    utf8proc_uint8_t* out = nullptr;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                        UTF8PROC_CASEFOLD);
    const auto* const in = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const utf8proc_ssize_t size = utf8proc_map(in, static_cast<utf8proc_ssize_t>(text.size()), &out, options);
    std::string result = size < 0 ? std::string(text)
                                  : std::string(reinterpret_cast<char*>(out), static_cast<std::size_t>(size));
    std::free(out);
    return result;
}

std::string shown(std::string_view text) {
    std::string_view start = text.substr(0, shown_bytes);
    if (start.size() < text.size())  // not within a character
        while (!start.empty() && (static_cast<unsigned char>(text[start.size()]) & 0xC0) == 0x80)
            start.remove_suffix(1);
    if (!is_utf8(start)) return "?";
    std::string visible;
    for (const char c : start) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F)
            visible += picture(byte);
        else
            visible += c;
    }
    if (start.size() < text.size()) visible += "…";
    return fit_to_width(visible, shown_columns);
}

std::unexpected<Error> unusable(const Text& expected) {
    return fail(ErrorKind::invalid, {expected.ja, "expected " + expected.en});
}

int scale_of(const Field& field) {
    if (field.element() == FieldType::money) return currency_digits(field.currency);
    return field.element() == FieldType::decimal ? field.scale : 0;
}

Result<store::Value> parse_number(const Field& field, std::string_view written) {
    const std::string normal = normalize_compatibility(written);
    std::string_view text = trim(normal);
    if (field.element() == FieldType::money) text = without_currency(text, field.currency);
    const auto value = parse_scaled(text, scale_of(field));
    if (!value) return unusable(expected_number(field, value.error()));
    if (outside(field, *value)) return unusable(limits_of(field));
    return *value;
}

Result<store::Value> parse_day_field(const Field& field, std::string_view written) {
    const std::string normal = normalize_compatibility(written);
    const auto day = parse_written_day(without_midnight(trim(normal)));
    if (!day) return std::unexpected(day.error());
    std::string iso = day->iso();
    if (field.min_day && iso < *field.min_day)
        return unusable({fmt::format("{} 以後の日付を書いてください。", *field.min_day),
                         fmt::format("a date from {}", *field.min_day)});
    if (field.max_day && iso > *field.max_day)
        return unusable({fmt::format("{} 以前の日付を書いてください。", *field.max_day),
                         fmt::format("a date up to {}", *field.max_day)});
    return iso;
}

Result<store::Value> parse_instant_field(std::string_view written) {
    const std::string normal = normalize_compatibility(written);
    const std::string_view text = trim(normal);
    std::optional<Instant> instant = japanese_time(text);
    if (!instant)
        if (const auto exact = parse_instant(text)) instant = *exact;
    const Instant first(Day(1, 1, 1).sys_days());
    const Instant end(forever().sys_days() + std::chrono::days(1));
    if (!instant)
        if (const auto day = day_before_time(text); day && !*day) return std::unexpected(day->error());
    if (!instant || *instant < first || *instant >= end)
        return unusable(
            {"日時を 2026-11-23T09:15:00+09:00 または 2026/11/23 9:15（日本時間）のように書いてください。",
             "a time such as 2026-11-23T09:15:00+09:00 or 2026/11/23 9:15 (Japanese time)"});
    return format_instant(*instant);
}

Result<store::Value> parse_boolean(std::string_view written) {
    static constexpr std::array<std::string_view, 7> yes{"true", "1", "はい", "yes", "○", "〇", "◯"};
    static constexpr std::array<std::string_view, 7> no{"false", "0", "いいえ", "no", "×", "✕", "✖"};
    const std::string word = folded(trim(written));
    if (std::ranges::find(yes, word) != yes.end()) return std::int64_t{1};
    if (std::ranges::find(no, word) != no.end()) return std::int64_t{0};
    return unusable(
        {"はい・いいえ（または ○・×、1・0）で書いてください。", "yes or no (or ○ ×, 1 0, true false)"});
}

Result<store::Value> parse_choice(const Field& field, std::string_view written) {
    for (const Choice& choice : field.choices)
        if (choice.code == written) return choice.code;
    const std::string word = folded(trim(written));
    for (const Choice& choice : field.choices)
        if (folded(choice.code) == word || folded(choice.label.ja) == word || folded(choice.label.en) == word)
            return choice.code;
    return unusable(choices_of(field));
}

}  // namespace maru::registers
