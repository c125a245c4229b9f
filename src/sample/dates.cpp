#include <charconv>
#include <optional>

#include "sample/sample.hpp"

namespace maru::sample {

namespace {

// A signed number with its unit at the start of `text`: "-30d", "+6m", "-3"; takes it off.
std::optional<std::pair<int, char>> take_offset(std::string_view& text) {
    if (text.empty() || (text.front() != '-' && text.front() != '+')) return std::nullopt;
    int number = 0;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), number);
    if (error != std::errc{}) return std::nullopt;
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    char unit = ' ';
    if (!text.empty() && (text.front() == 'd' || text.front() == 'm')) {
        unit = text.front();
        text.remove_prefix(1);
    }
    return std::pair(sign * number, unit);
}

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

Day fiscal_year_start(Day today, int month) {
    const auto ymd = today.ymd();
    const int year = static_cast<int>(ymd.year()) -
                     (static_cast<unsigned>(ymd.month()) < static_cast<unsigned>(month) ? 1 : 0);
    return {year, static_cast<unsigned>(month), 1};
}

Day shifted(Day day, std::pair<int, char> offset) {
    return offset.second == 'm' ? day.plus_months(offset.first) : day.plus_days(offset.first);
}

// The day that `rest` begins with; none when it is no relative date.
std::optional<Day> take_day(std::string_view& rest, Day today, const checks::Calendar& calendar,
                            int fiscal_month) {
    if (take(rest, "business")) {
        const auto offset = take_offset(rest);
        return offset ? std::optional(calendar.plus_business_days(today, offset->first)) : std::nullopt;
    }
    std::optional<Day> day;
    if (take(rest, "today"))
        day = today;
    else if (take(rest, "fiscal_year"))
        day = fiscal_year_start(today, fiscal_month);
    else if (take(rest, "month"))
        day = Day(static_cast<int>(today.ymd().year()), static_cast<unsigned>(today.ymd().month()), 1);
    if (!day) return std::nullopt;
    if (const auto offset = take_offset(rest)) day = shifted(*day, *offset);
    return day;
}

bool is_end_of_date(std::string_view rest) {
    return rest.empty() || rest.starts_with('T') || rest.starts_with(" / ");
}

std::string expand_part(std::string_view part, Day today, const checks::Calendar& calendar,
                        int fiscal_month) {
    std::string_view rest = part;
    const auto day = take_day(rest, today, calendar, fiscal_month);
    return day && is_end_of_date(rest) ? day->iso() + std::string(rest) : std::string(part);
}

}  // namespace

Result<std::string> expand_dates(std::string_view written, Day today, const checks::Calendar& calendar,
                                 int fiscal_year_start_month) {
    // Natural keys of several fields are joined by " / "; each part may be a date.
    std::string out;
    std::size_t at = 0;
    while (true) {
        const std::size_t next = written.find(" / ", at);
        out += expand_part(written.substr(at, next - at), today, calendar, fiscal_year_start_month);
        if (next == std::string_view::npos) return out;
        out += " / ";
        at = next + 3;
    }
}

}  // namespace maru::sample
