// Calendar days and instants. A Day has no time zone; an Instant is UTC with millisecond precision.
#pragma once

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace maru {

// A day of the proleptic Gregorian calendar, 0001-01-01 … 9999-12-31.
class Day {
public:
    constexpr Day() = default;
    constexpr explicit Day(std::chrono::sys_days days) : days_(days) {}
    constexpr Day(int year, unsigned month, unsigned day)
        : days_(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) {}

    constexpr std::chrono::sys_days sys_days() const { return days_; }
    constexpr std::chrono::year_month_day ymd() const { return days_; }
    // Days since 1970-01-01.
    constexpr int number() const { return static_cast<int>(days_.time_since_epoch().count()); }
    std::string iso() const;  // "2026-11-23"
    bool is_weekend() const;

    // Sums stay in the calendar: they stop at its first day and at forever().
    constexpr Day plus_days(int n) const;
    Day plus_months(int n) const;        // 31 January + 1 month = last day of February
    Day end_of_month_next_year() const;  // the *yearly* rule: last day of the same month next year

    constexpr auto operator<=>(const Day&) const = default;

private:
    std::chrono::sys_days days_{};
};

constexpr Day first_day() { return Day(1, 1, 1); }
constexpr Day forever() { return Day(9999, 12, 31); }

constexpr Day Day::plus_days(int n) const {
    return Day(std::clamp(days_ + std::chrono::days(n), first_day().days_, forever().days_));
}

// Exactly "YYYY-MM-DD", a real day; anything else is an error naming the text.
Result<Day> parse_iso_day(std::string_view text);

// What people write: ISO, 2026/11/23, 2026.11.23, 2026年11月23日, 令和8年11月23日, R8.11.23, 平成/昭和 and
// 元年; full-width forms.
Result<Day> parse_written_day(std::string_view text);

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
std::string format_instant(Instant instant);               // "2026-11-23T00:15:00Z", seconds
std::string format_instant_milliseconds(Instant instant);  // "2026-11-23T00:15:00.123Z"
Result<Instant> parse_instant(std::string_view text);  // RFC 3339; digits after the millisecond are cut off

// Organisations live by Japanese time, which has no summer time.
inline constexpr std::chrono::minutes japan_offset{9 * 60};

// The local day of an instant; `offset` is the organisation's UTC offset.
Day local_day(Instant instant, std::chrono::minutes offset);

// Time is an argument: real in main, fixed in tests.
using Clock = std::function<Instant()>;
Instant system_now();

}  // namespace maru
