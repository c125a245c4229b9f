#include <charconv>
#include <optional>

#include "sample/sample.hpp"

namespace maru::sample {

namespace {

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

// A signed number at the start of `text` ("-30", "+6"); takes it off.
std::optional<int> take_number(std::string_view& text) {
    const bool is_signed = text.starts_with('-') || text.starts_with('+');
    if (!is_signed || text.size() < 2 || text[1] < '0' || text[1] > '9') return std::nullopt;
    int number = 0;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), number);
    if (error != std::errc{}) return std::nullopt;
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return sign * number;
}

Day fiscal_year_start(Day today, unsigned month) {
    const auto ymd = today.ymd();
    const int year = static_cast<int>(ymd.year()) - (static_cast<unsigned>(ymd.month()) < month ? 1 : 0);
    return {year, month, 1};
}

Day month_start(Day today) {
    return {static_cast<int>(today.ymd().year()), static_cast<unsigned>(today.ymd().month()), 1};
}

std::optional<Day> take_base(std::string_view& rest, Day today, int fiscal_month) {
    if (take(rest, "today")) return today;
    if (take(rest, "fiscal_year")) return fiscal_year_start(today, static_cast<unsigned>(fiscal_month));
    if (take(rest, "month")) return month_start(today);
    return std::nullopt;
}

// The day that `rest` begins with; none when it is no relative date.
std::optional<Day> take_day(std::string_view& rest, Day today, const checks::Calendar& calendar,
                            int fiscal_month) {
    if (take(rest, "business")) {
        const auto days = take_number(rest);
        return days ? std::optional(calendar.plus_business_days(today, *days)) : std::nullopt;
    }
    const auto base = take_base(rest, today, fiscal_month);
    if (!base) return std::nullopt;
    const auto number = take_number(rest);
    if (!number) return base;
    if (take(rest, "d")) return base->plus_days(*number);
    if (take(rest, "m")) return base->plus_months(*number);
    return std::nullopt;
}

bool is_end_of_date(std::string_view rest) { return rest.empty() || rest.starts_with('T'); }

std::string expand_part(std::string_view part, Day today, const checks::Calendar& calendar,
                        int fiscal_month) {
    std::string_view rest = part;
    const auto day = take_day(rest, today, calendar, fiscal_month);
    return day && is_end_of_date(rest) ? day->iso() + std::string(rest) : std::string(part);
}

}  // namespace

std::string expand_dates(std::string_view written, Day today, const checks::Calendar& calendar,
                         int fiscal_year_start_month) {
    // Natural keys of several fields are joined by " / "; each part may be a date.
    constexpr std::string_view joint = " / ";
    std::string out;
    for (std::size_t at = 0;;) {
        const std::size_t next = written.find(joint, at);
        out += expand_part(written.substr(at, next - at), today, calendar, fiscal_year_start_month);
        if (next == std::string_view::npos) return out;
        out += joint;
        at = next + joint.size();
    }
}

}  // namespace maru::sample
