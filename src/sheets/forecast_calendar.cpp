// The forecast as a calendar file (RFC 5545). libical escapes and folds.
#include <fmt/core.h>
#include <libical/ical.h>

#include <memory>

#include "crypto/hash.hpp"
#include "sheets/codes.hpp"
#include "sheets/forecast.hpp"
#include "wording/pick.hpp"

namespace maru::sheets {

namespace {

constexpr std::size_t rows_told = 20;

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

// Line breaks stay; other control characters may not be in a calendar.
std::string printable(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == '\x7f' ? ' ' : c;
    return out;
}

icaltimetype date_of(Day day) {
    icaltimetype out = icaltime_null_date();
    const auto ymd = day.ymd();
    out.year = static_cast<int>(ymd.year());
    out.month = static_cast<int>(static_cast<unsigned>(ymd.month()));
    out.day = static_cast<int>(static_cast<unsigned>(ymd.day()));
    return out;
}

icaltimetype stamp_of(Instant now) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    return icaltime_from_timet_with_zone(static_cast<time_t>(seconds), 0, icaltimezone_get_utc_timezone());
}

// The same fall has the same name in every file, so that a calendar replaces it.
std::string uid_of(const Forecast& forecast, const Fall& fall) {
    const std::string name = fmt::format("{}\n{}\n{}\n{}\n{}", forecast.organisation, fall.check->name,
                                         fall.owner.value_or(0), fall.on.iso(), code_of(fall.state));
    return hex(crypto::sha256(as_bytes(name))).substr(0, 32) + "@maru";
}

std::string items_text(const std::vector<const Item*>& items) {
    std::vector<std::string> out;
    for (const Item* item : items) out.push_back(std::to_string(item->number));
    return join(out, ", ");
}

std::string summary(const Fall& fall, Language language) {
    std::string out = fall.check->title.in(language);
    if (fall.count > 1)
        out += fmt::format(fmt::runtime(pick(language, "（{} 件）", " ({})")), fall.count);
    else if (!fall.rows.empty())
        out += ": " + fall.rows.front().label;
    if (!fall.losing.empty())
        out += fmt::format(fmt::runtime(pick(language, " — 項目 {} が○を失う", " — item {} loses its ○")),
                           items_text(fall.losing));
    return printable(out);
}

std::string description(const Fall& fall, Language language) {
    std::string out =
        fmt::format(fmt::runtime(pick(language, "何もしないと {} に崩れます（期限 {}）。項目: {}\n",
                                      "Falls on {} if nobody acts (deadline {}). Items: {}\n")),
                    fall.on.iso(), fall.deadline.iso(), items_text(fall.items));
    if (!fall.owner_name.empty()) out += pick(language, "担当: ", "Owner: ") + fall.owner_name + "\n";
    for (std::size_t i = 0; i < std::min(rows_told, fall.rows.size()); ++i)
        out += "・" + fall.rows[i].label + ": " + fall.rows[i].todo.in(language) + "\n";
    const auto more = fall.count - static_cast<std::int64_t>(std::min(rows_told, fall.rows.size()));
    if (more > 0) out += fmt::format(fmt::runtime(pick(language, "ほか {} 件\n", "and {} more\n")), more);
    return printable(out);
}

icalcomponent* event(const Forecast& forecast, const Fall& fall, Language language, Instant now) {
    return icalcomponent_vanew(ICAL_VEVENT_COMPONENT, icalproperty_new_uid(uid_of(forecast, fall).c_str()),
                               icalproperty_new_dtstamp(stamp_of(now)),
                               icalproperty_new_dtstart(date_of(fall.act_by)),
                               icalproperty_new_dtend(date_of(fall.act_by.plus_days(1))),
                               icalproperty_new_summary(summary(fall, language).c_str()),
                               icalproperty_new_description(description(fall, language).c_str()),
                               icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT), static_cast<void*>(nullptr));
}

// A calendar has at least one component (RFC 5545 section 3.6); where there is nothing to say, the time zone.
icalcomponent* time_zone() {
    return icalcomponent_new_from_string(
        "BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nTZNAME:JST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n");
}

}  // namespace

std::string render_ics(const Forecast& forecast, Language language, Instant now) {
    const Component calendar(icalcomponent_vanew(
        ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
        icalproperty_new_prodid(pick(language, "-//maru//forecast//JA", "-//maru//forecast//EN")),
        static_cast<void*>(nullptr)));
    if (forecast.falls.empty()) icalcomponent_add_component(calendar.get(), time_zone());
    for (const Fall& fall : forecast.falls)
        icalcomponent_add_component(calendar.get(), event(forecast, fall, language, now));
    const std::unique_ptr<char, decltype(&free)> text(icalcomponent_as_ical_string_r(calendar.get()), &free);
    return text ? std::string(text.get()) : std::string();
}

}  // namespace maru::sheets
