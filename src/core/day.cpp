#include "core/day.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/text.hpp"

namespace maru {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// Reads a text from left to right; every step either takes something or leaves the text alone.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    bool at_end() const { return text_.empty(); }
    bool take(std::string_view expected) {
        if (!text_.starts_with(expected)) return false;
        text_.remove_prefix(expected.size());
        return true;
    }
    bool take_any(std::string_view characters) {
        if (text_.empty() || !characters.contains(text_.front())) return false;
        text_.remove_prefix(1);
        return true;
    }
    void skip_spaces() {
        while (take(" ")) {
        }
    }
    std::optional<int> digit() {
        if (text_.empty() || text_.front() < '0' || text_.front() > '9') return std::nullopt;
        const int value = text_.front() - '0';
        text_.remove_prefix(1);
        return value;
    }
    // A number of `least` to `most` ASCII digits.
    std::optional<int> number(std::size_t least, std::size_t most) {
        std::size_t digits = 0;
        int value = 0;
        while (digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9') {
            if (digits == most) return std::nullopt;
            value = value * 10 + (text_[digits++] - '0');
        }
        if (digits < least) return std::nullopt;
        text_.remove_prefix(digits);
        return value;
    }

private:
    std::string_view text_;
};

struct Era {
    std::string_view name;
    std::string_view letter;
    Day first;
    Day last;
};

const std::array<Era, 4> eras{{
    {"令和", "R", Day(2019, 5, 1), forever()},
    {"平成", "H", Day(1989, 1, 8), Day(2019, 4, 30)},
    {"昭和", "S", Day(1926, 12, 25), Day(1989, 1, 7)},
    {"大正", "T", Day(1912, 7, 30), Day(1926, 12, 24)},
}};

struct Written {
    int year = 0;  // of the Gregorian calendar
    int month = 0;
    int day = 0;
    const Era* era = nullptr;
};

const Era* take_era(Scanner& scan) {
    for (const Era& era : eras) {
        const char lower = static_cast<char>(era.letter.front() - 'A' + 'a');
        if (scan.take(era.name) || scan.take(era.letter) || scan.take(std::string_view(&lower, 1)))
            return &era;
    }
    return nullptr;
}

std::optional<int> take_year(Scanner& scan, const Era* era) {
    if (era == nullptr) return scan.number(4, 4);
    scan.skip_spaces();
    const std::optional<int> counted = scan.take("元") ? 1 : scan.number(1, 2);
    if (!counted || *counted == 0) return std::nullopt;
    return static_cast<int>(era->first.ymd().year()) + *counted - 1;
}

struct Separators {
    std::string_view after_year, after_month, after_day;
};
constexpr std::array<Separators, 4> separators{
    {{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}}};

std::optional<int> take_month_or_day(Scanner& scan, std::string_view then) {
    scan.skip_spaces();
    const std::optional<int> value = scan.number(1, 2);
    scan.skip_spaces();
    return scan.take(then) ? value : std::nullopt;
}

std::optional<Written> scan_written_day(std::string_view text) {
    Scanner scan(text);
    Written out;
    out.era = take_era(scan);
    const std::optional<int> year = take_year(scan, out.era);
    if (!year) return std::nullopt;
    scan.skip_spaces();
    const auto* used =
        std::ranges::find_if(separators, [&](const Separators& s) { return scan.take(s.after_year); });
    if (used == separators.end()) return std::nullopt;
    const std::optional<int> month = take_month_or_day(scan, used->after_month);
    if (!month) return std::nullopt;
    const std::optional<int> day = take_month_or_day(scan, used->after_day);
    if (!day || !scan.at_end()) return std::nullopt;
    out.year = *year;
    out.month = *month;
    out.day = *day;
    return out;
}

std::optional<Day> real_day(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || day < 1) return std::nullopt;
    const std::chrono::year_month_day ymd(std::chrono::year(year),
                                          std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day)));
    if (!ymd.ok()) return std::nullopt;
    return Day(std::chrono::sys_days(ymd));
}

// Error messages quote what was written; what somebody pastes by mistake may be very long.
std::string quote(std::string_view text) { return fit_to_width(text, 40); }

std::unexpected<Error> unreadable_day(std::string_view text) {
    return fail(
        ErrorKind::invalid,
        {fmt::format(
             "「{}」を日付として読めません。2026-04-01、2026/4/1、2026年4月1日、令和8年4月1日、R8.4.1 "
             "のように書いてください。",
             quote(text)),
         fmt::format("\"{}\" is no date; write it like 2026-04-01, 2026/4/1, 令和8年4月1日 or R8.4.1",
                     quote(text))});
}

int days_of(int year, int month) {
    const auto last =
        std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) / std::chrono::last;
    return static_cast<int>(static_cast<unsigned>(last.day()));
}

std::unexpected<Error> no_such_day(std::string_view text, const Written& written) {
    const std::string quoted = quote(text);
    if (written.year < 1 || written.year > 9999)
        return fail(ErrorKind::invalid,
                    {fmt::format("「{}」の年は暦にありません。1～9999年の日を書いてください。", quoted),
                     fmt::format("\"{}\" is in no year of the calendar; write one from 1 to 9999", quoted)});
    if (written.month < 1 || written.month > 12)
        return fail(ErrorKind::invalid,
                    {fmt::format("「{}」という日はありません。月は 1～12 です。", quoted),
                     fmt::format("\"{}\" does not exist: months go from 1 to 12", quoted)});
    const int last = days_of(written.year, written.month);
    return fail(ErrorKind::invalid, {fmt::format("「{}」という日はありません。{}年{}月は 1～{} 日です。",
                                                 quoted, written.year, written.month, last),
                                     fmt::format("\"{}\" does not exist: {}-{:02} has the days 1 to {}",
                                                 quoted, written.year, written.month, last)});
}

// The same day as it is rightly written: "2028-01-01（令和10年1月1日）".
std::string in_its_era(Day day) {
    const auto* era = std::ranges::find_if(eras, [&](const Era& one) { return day >= one.first; });
    if (era == eras.end()) return "";
    const int year = static_cast<int>(day.ymd().year()) - static_cast<int>(era->first.ymd().year()) + 1;
    return fmt::format("{}{}年{}月{}日", era->name, year == 1 ? "元" : std::to_string(year),
                       static_cast<unsigned>(day.ymd().month()), static_cast<unsigned>(day.ymd().day()));
}

std::unexpected<Error> outside_era(std::string_view text, const Era& era, Day day) {
    const std::string until = era.last == forever() ? "" : era.last.iso();
    const std::string right = in_its_era(day);
    const std::string proposal = right.empty() ? day.iso() : day.iso() + "（" + right + "）";
    return fail(
        ErrorKind::invalid,
        {fmt::format("「{}」は{}（{}～{}）の外の日です。{} のように書いてください。", quote(text), era.name,
                     era.first.iso(), until, proposal),
         fmt::format("\"{}\" lies outside the era {} ({} to {}); write {}", quote(text), era.name,
                     era.first.iso(), until, right.empty() ? day.iso() : day.iso() + " or " + right)});
}

std::unexpected<Error> unreadable_instant(std::string_view text) {
    return fail(
        ErrorKind::invalid,
        {fmt::format("「{}」を日時として読めません。2026-11-23T09:15:00+09:00 のように、時差か Z "
                     "を付けて書いてください。",
                     quote(text)),
         fmt::format("\"{}\" is no instant; write it with its offset or Z, like 2026-11-23T09:15:00+09:00",
                     quote(text))});
}

// ".5" is 500 ms; digits beyond the third are cut off.
std::optional<milliseconds> take_fraction(Scanner& scan) {
    if (!scan.take(".")) return milliseconds(0);
    int value = 0;
    int digits = 0;
    while (const std::optional<int> digit = scan.digit()) {
        if (digits++ < 3) value = value * 10 + *digit;
    }
    if (digits == 0) return std::nullopt;
    for (int i = digits; i < 3; ++i) value *= 10;
    return milliseconds(value);
}

std::optional<minutes> take_offset(Scanner& scan) {
    if (scan.take_any("Zz")) return minutes(0);
    const bool west = scan.take("-");
    if (!west && !scan.take("+")) return std::nullopt;
    const std::optional<int> hour = scan.number(2, 2);
    if (!hour || *hour > 23 || !scan.take(":")) return std::nullopt;
    const std::optional<int> minute = scan.number(2, 2);
    if (!minute || *minute > 59) return std::nullopt;
    const minutes offset = hours(*hour) + minutes(*minute);
    return west ? -offset : offset;
}

// The time of day up to the whole second. A leap second (60) is refused: our instants cannot hold it.
std::optional<seconds> take_time(Scanner& scan) {
    const std::optional<int> hour = scan.number(2, 2);
    if (!hour || *hour > 23 || !scan.take(":")) return std::nullopt;
    const std::optional<int> minute = scan.number(2, 2);
    if (!minute || *minute > 59 || !scan.take(":")) return std::nullopt;
    const std::optional<int> second = scan.number(2, 2);
    if (!second || *second > 59) return std::nullopt;
    return hours(*hour) + minutes(*minute) + seconds(*second);
}

std::optional<Instant> scan_instant(std::string_view text) {
    if (text.size() < 11) return std::nullopt;
    const Result<Day> day = parse_iso_day(text.substr(0, 10));
    Scanner scan(text.substr(10));
    if (!day || !scan.take_any("Tt ")) return std::nullopt;
    const std::optional<seconds> time = take_time(scan);
    if (!time) return std::nullopt;
    const std::optional<milliseconds> fraction = take_fraction(scan);
    if (!fraction) return std::nullopt;
    const std::optional<minutes> offset = take_offset(scan);
    if (!offset || !scan.at_end()) return std::nullopt;
    return Instant(day->sys_days()) + *time + *fraction - *offset;
}

std::string date_and_time(Instant instant) {
    const auto midnight = std::chrono::floor<days>(instant);
    const std::chrono::hh_mm_ss time(std::chrono::floor<seconds>(instant - midnight));
    return fmt::format("{}T{:02}:{:02}:{:02}", Day(midnight).iso(), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

}  // namespace

std::string Day::iso() const {
    const std::chrono::year_month_day parts = ymd();
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()),
                       static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

bool Day::is_weekend() const {
    const std::chrono::weekday weekday(days_);
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

Day Day::plus_months(int n) const {
    const std::chrono::year_month_day parts = ymd();
    const std::int64_t month =
        std::int64_t{static_cast<int>(parts.year())} * 12 + static_cast<unsigned>(parts.month()) - 1 + n;
    if (month < 12) return first_day();
    if (month >= 120'000) return forever();
    const std::chrono::year_month target(std::chrono::year(static_cast<int>(month / 12)),
                                         std::chrono::month(static_cast<unsigned>(month % 12 + 1)));
    const std::chrono::day last = (target / std::chrono::last).day();
    return Day(std::chrono::sys_days(target / std::min(parts.day(), last)));
}

Day Day::end_of_month_next_year() const {
    const std::chrono::year_month_day parts = ymd();
    const int year = std::min(9999, static_cast<int>(parts.year()) + 1);
    return Day(std::chrono::sys_days(std::chrono::year(year) / parts.month() / std::chrono::last));
}

Result<Day> parse_iso_day(std::string_view text) {
    Scanner scan(text);
    const std::optional<int> year = scan.number(4, 4);
    const bool first_dash = scan.take("-");
    const std::optional<int> month = scan.number(2, 2);
    const bool second_dash = scan.take("-");
    const std::optional<int> day = scan.number(2, 2);
    if (!year || !month || !day || !first_dash || !second_dash || !scan.at_end()) return unreadable_day(text);
    const std::optional<Day> real = real_day(*year, *month, *day);
    if (!real) return no_such_day(text, {*year, *month, *day, nullptr});
    return *real;
}

Result<Day> parse_written_day(std::string_view text) {
    const std::string normal = normalize_compatibility(text);
    const std::optional<Written> written = scan_written_day(trim(normal));
    if (!written) return unreadable_day(text);
    const std::optional<Day> day = real_day(written->year, written->month, written->day);
    if (!day) return no_such_day(text, *written);
    if (written->era != nullptr && (*day < written->era->first || *day > written->era->last))
        return outside_era(text, *written->era, *day);
    return *day;
}

std::string format_instant(Instant instant) { return date_and_time(instant) + "Z"; }

std::string format_instant_milliseconds(Instant instant) {
    const auto whole = std::chrono::floor<seconds>(instant);
    return fmt::format("{}.{:03}Z", date_and_time(instant), (instant - whole).count());
}

Result<Instant> parse_instant(std::string_view text) {
    const std::optional<Instant> instant = scan_instant(text);
    if (!instant) return unreadable_instant(text);
    // An offset may carry the first or the last day of the calendar out of it.
    const auto day = std::chrono::floor<days>(*instant);
    if (day < first_day().sys_days() || day > forever().sys_days()) return unreadable_instant(text);
    return *instant;
}

Day local_day(Instant instant, std::chrono::minutes offset) {
    return Day(std::chrono::floor<days>(instant + offset));
}

Instant system_now() { return std::chrono::floor<milliseconds>(std::chrono::system_clock::now()); }

}  // namespace maru
