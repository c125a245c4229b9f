// ISO days between text and Day, without allocation: they are read and written millions of times per sheet.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/day.hpp"

namespace maru::checks::sql {

// "2026-11-23" and nothing else; nullopt for what is no day.
inline std::optional<Day> iso_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    unsigned digits[8];
    int at = 0;
    for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
        const auto digit = static_cast<unsigned>(static_cast<unsigned char>(text[i])) - '0';
        if (digit > 9) return std::nullopt;
        digits[at++] = digit;
    }
    const auto year = static_cast<int>(digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]);
    const std::chrono::year_month_day ymd{std::chrono::year(year),
                                          std::chrono::month(digits[4] * 10 + digits[5]),
                                          std::chrono::day(digits[6] * 10 + digits[7])};
    if (year == 0 || !ymd.ok()) return std::nullopt;
    return Day(std::chrono::sys_days(ymd));
}

// Fits into a string's own buffer.
inline std::string iso_text(Day day) {
    const auto ymd = day.ymd();
    const auto year = static_cast<unsigned>(static_cast<int>(ymd.year()));
    const auto month = static_cast<unsigned>(ymd.month());
    const auto date = static_cast<unsigned>(ymd.day());
    const auto digit = [](unsigned value) { return static_cast<char>('0' + value % 10); };
    const char text[10] = {digit(year / 1000),
                           digit(year / 100),
                           digit(year / 10),
                           digit(year),
                           '-',
                           digit(month / 10),
                           digit(month),
                           '-',
                           digit(date / 10),
                           digit(date)};
    return {text, sizeof text};
}

}  // namespace maru::checks::sql
