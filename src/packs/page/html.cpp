#include "page/html.hpp"

#include <fmt/core.h>

#include <array>
#include <chrono>

#include "sheets/render.hpp"

namespace maru::packs::html {

namespace {

constexpr std::array<const char*, 7> weekdays_ja{"日", "月", "火", "水", "木", "金", "土"};
constexpr std::array<const char*, 7> weekdays_en{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

sheets::Mark mark_of(checks::RowState state) {
    switch (state) {
        case checks::RowState::satisfied:
        case checks::RowState::due: return sheets::Mark::full;
        case checks::RowState::expired: return sheets::Mark::partial;
        case checks::RowState::missing: return sheets::Mark::none;
        case checks::RowState::unknown: return sheets::Mark::unknown;
        case checks::RowState::exempt:
        case checks::RowState::absent: return sheets::Mark::not_applicable;
    }
    return sheets::Mark::unknown;
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else if (c == '\'')
            out += "&#39;";
        else
            out += c;
    }
    return out;
}

std::string both(std::string_view ja, std::string_view en) {
    if (ja == en) return escaped(ja);
    return fmt::format("<span class=\"t\" lang=\"ja\">{}</span><span class=\"t\" lang=\"en\">{}</span>",
                       escaped(ja), escaped(en));
}

std::string both(const Text& text) { return both(text.ja, text.en); }

std::string hidden(const std::string& content) {
    return fmt::format("<span class=\"vh\">{}</span>", content);
}

std::string day(Day day) {
    const std::chrono::year_month_day date = day.ymd();
    const int year = static_cast<int>(date.year());
    const unsigned month = static_cast<unsigned>(date.month());
    const unsigned number = static_cast<unsigned>(date.day());
    const unsigned weekday = std::chrono::weekday(day.sys_days()).c_encoding();
    return both(fmt::format("{}年{}月{}日({})", year, month, number, weekdays_ja.at(weekday)),
                fmt::format("{}, {} {} {}", weekdays_en.at(weekday), number, months.at(month - 1), year));
}

std::string clock_time(Instant at) {
    const auto local = at + japan_offset;
    const auto second =
        std::chrono::floor<std::chrono::seconds>(local - std::chrono::floor<std::chrono::days>(local));
    const auto count = second.count();
    return fmt::format("{:02}:{:02}:{:02}", count / 3600, count / 60 % 60, count % 60);
}

std::string_view code_of(sheets::Mark mark) {
    switch (mark) {
        case sheets::Mark::full: return "full";
        case sheets::Mark::partial: return "partial";
        case sheets::Mark::none: return "none";
        case sheets::Mark::unknown: return "unknown";
        case sheets::Mark::not_applicable: return "not_applicable";
    }
    return "unknown";
}

std::string mark(sheets::Mark mark) {
    return fmt::format("<svg class=\"mk\" aria-hidden=\"true\"><use href=\"#d-{}\"/></svg>", code_of(mark));
}

std::string badge(sheets::Mark one) {
    return fmt::format("<span class=\"badge m-{}\">{}{}</span>", code_of(one), mark(one),
                       hidden(both(sheets::name_of(one))));
}

std::string chip(checks::RowState state) {
    const sheets::Mark shape = mark_of(state);
    return fmt::format(
        "<span class=\"chip m-{}\">{}{}</span>", code_of(shape), mark(shape),
        both(sheets::state_name(state, Language::ja), sheets::state_name(state, Language::en)));
}

std::string numbers(const checks::Counts& counts) {
    return both(sheets::numbers(counts, Language::ja), sheets::numbers(counts, Language::en));
}

std::string grouped(std::int64_t number) {
    std::string out = fmt::format("{}", number);
    for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
    return out;
}

std::string drawings() {
    return R"(<svg width="0" height="0" aria-hidden="true"><defs>
<symbol id="d-full" viewBox="0 0 24 24"><circle cx="12" cy="12" r="8.2" fill="none" stroke="currentColor" stroke-width="2.6"/></symbol>
<symbol id="d-partial" viewBox="0 0 24 24"><path d="M12 4.2 20.6 19H3.4Z" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linejoin="round"/></symbol>
<symbol id="d-none" viewBox="0 0 24 24"><path d="M6 6 18 18M18 6 6 18" fill="none" stroke="currentColor" stroke-width="3.2" stroke-linecap="round"/></symbol>
<symbol id="d-unknown" viewBox="0 0 24 24"><path d="M8.2 8.6a3.9 3.9 0 1 1 5.6 3.6c-1.2.7-1.8 1.4-1.8 2.8" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"/><circle cx="12" cy="19.2" r="1.7" fill="currentColor"/></symbol>
<symbol id="d-not_applicable" viewBox="0 0 24 24"><path d="M5.5 12h13" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"/></symbol>
<symbol id="d-gap" viewBox="0 0 10 10"><path d="M0 0h10v10Z" fill="currentColor"/></symbol>
</defs></svg>
)";
}

}  // namespace maru::packs::html
