#include "cli/forecast_table.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "cli/tables.hpp"

namespace maru::cli {

namespace {

using sheets::Fall;
using sheets::Forecast;
using sheets::Item;

constexpr std::size_t page_width = 7 * 5;
constexpr std::size_t between_pages = 5;
constexpr std::size_t labels_shown = 3;
constexpr std::size_t items_shown = 5;
constexpr std::array<const char*, 7> weekdays_ja{"月", "火", "水", "木", "金", "土", "日"};
constexpr std::array<const char*, 7> weekdays_en{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};

// 0 = Monday.
std::size_t weekday_of(Day day) { return std::chrono::weekday(day.sys_days()).iso_encoding() - 1; }

Day month_of(Day day) {
    return Day(static_cast<int>(day.ymd().year()), static_cast<unsigned>(day.ymd().month()), 1);
}

std::string spaces(std::size_t n) { return std::string(n, ' '); }

class Page {
public:
    Page(const Session& session, const Forecast& forecast) : session_(session), forecast_(forecast) {
        for (const Fall& fall : forecast.falls) falls_.insert(fall.on);
        for (const auto& item : forecast.items) losses_.insert(item.on);
    }

    // Lines of equal width.
    std::vector<std::string> of(Day month) const {
        std::vector<std::string> lines{line(title(month)), header()};
        std::string week = spaces(weekday_of(month) * 5);
        for (Day day = month; month_of(day) == month; day = day.plus_days(1)) {
            week += cell(day);
            if (weekday_of(day) != 6) continue;
            lines.push_back(line(week));
            week.clear();
        }
        if (!week.empty()) lines.push_back(line(week));
        return lines;
    }

private:
    static std::string line(const std::string& text) {
        const std::size_t width = visible_width(text);
        return text + spaces(page_width - std::min(page_width, width));
    }

    // Without the colours.
    static std::size_t visible_width(const std::string& text) {
        std::string seen;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\x1b')
                i = text.find('m', i);
            else
                seen += text[i];
        }
        return display_width(seen);
    }

    std::string title(Day month) const {
        return session_.common.language == Language::ja
                   ? fmt::format("{}年{}月", static_cast<int>(month.ymd().year()),
                                 static_cast<unsigned>(month.ymd().month()))
                   : month.iso().substr(0, 7);
    }

    std::string header() const {
        std::string out;
        for (std::size_t i = 0; i < 7; ++i)
            out += fmt::format(" {}  ", session_.say(weekdays_ja[i], weekdays_en[i]));
        return line(out);
    }

    // A day off in brackets; ! an item loses its ○, * something falls.
    std::string cell(Day day) const {
        const bool open = forecast_.calendar->is_business_day(day);
        const bool ahead = day > forecast_.today && day <= forecast_.until;
        const char mark = !ahead ? ' ' : losses_.contains(day) ? '!' : falls_.contains(day) ? '*' : ' ';
        const std::string number = fmt::format("{:2}", static_cast<unsigned>(day.ymd().day()));
        const std::string text =
            open ? fmt::format(" {} {}", number, mark) : fmt::format("({}){}", number, mark);
        return painted(text, mark, open) + " ";
    }

    std::string painted(const std::string& text, char mark, bool open) const {
        if (session_.colour == sheets::Colour::plain) return text;
        if (mark == '!') return "\x1b[31m" + text + "\x1b[0m";
        if (mark == '*') return "\x1b[33m" + text + "\x1b[0m";
        return open ? text : "\x1b[2m" + text + "\x1b[0m";
    }

    const Session& session_;
    const Forecast& forecast_;
    std::set<Day> falls_, losses_;
};

std::string calendar(const Session& session, const Forecast& forecast) {
    const Page page(session, forecast);
    const std::size_t abreast =
        std::max<std::size_t>(1, (session.width + between_pages) / (page_width + between_pages));
    std::string out;
    Day month = month_of(forecast.today);
    while (month <= forecast.until) {
        std::vector<std::vector<std::string>> pages;
        for (; pages.size() < abreast && month <= forecast.until; month = month.plus_months(1))
            pages.push_back(page.of(month));
        const std::size_t height = std::ranges::max(pages, {}, &std::vector<std::string>::size).size();
        for (std::size_t i = 0; i < height; ++i) {
            std::string line;
            for (const auto& lines : pages)
                line += (i < lines.size() ? lines[i] : spaces(page_width)) + spaces(between_pages);
            out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
        }
        out += "\n";
    }
    return out + session.say("( )：休業日   *：崩れるものがある日   !：○ を失う項目がある日\n\n",
                             "( ) day off   * something falls   ! an item loses its ○\n\n");
}

class List {
public:
    List(const Session& session, const Forecast& forecast) : session_(session), forecast_(forecast) {}

    std::string by_day() const {
        std::string out;
        for (auto at = forecast_.falls.begin(); at != forecast_.falls.end();) {
            const auto end = std::find_if(at, forecast_.falls.end(), [&](const Fall& fall) {
                return month_of(fall.on) != month_of(at->on);
            });
            out += at->on.iso().substr(0, 7) + losses_in(month_of(at->on)) + "\n" +
                   table({at, end}, Shown::owner) + "\n";
            at = end;
        }
        return out;
    }

    std::string by_owner() const {
        std::map<std::string, std::vector<Fall>> owners;
        for (const Fall& fall : forecast_.falls) owners[fall.owner_name].push_back(fall);
        std::string out;
        for (const auto& [name, falls] : owners) {
            const std::string shown = name.empty() ? session_.say("（担当なし）", "(nobody)") : name;
            out += fmt::format(fmt::runtime(session_.say("{}  {} 件\n", "{}  {}\n")), shown, falls.size()) +
                   table(falls, Shown::items) + "\n";
        }
        return out;
    }

    std::string by_item() const {
        std::string out;
        for (const Item* item : forecast_.sheet->rows(sheets::Sheet::Rows::all)) {
            std::vector<Fall> falls;
            for (const Fall& fall : forecast_.falls)
                if (std::ranges::find(fall.items, item) != fall.items.end()) falls.push_back(fall);
            if (!falls.empty()) out += item_heading(*item) + table(falls, Shown::owner) + "\n";
        }
        return out;
    }

private:
    enum class Shown { owner, items };

    std::string language(const Text& text) const { return text.in(session_.common.language); }

    // "12-31(Th)", a day off with a star behind.
    std::string day(Day day) const {
        return fmt::format("{}({}){}", day.iso(),
                           session_.say(weekdays_ja[weekday_of(day)], weekdays_en[weekday_of(day)]),
                           forecast_.calendar->is_business_day(day) ? "" : session_.say("休", " off"));
    }

    std::string losses_in(Day month) const {
        std::vector<std::string> numbers;
        for (const auto& item : forecast_.items)
            if (month_of(item.on) == month) numbers.push_back(std::to_string(item.item->number));
        if (numbers.empty()) return "";
        return fmt::format(fmt::runtime(session_.say("  ○ を失う項目: {}", "  items that lose their ○: {}")),
                           join(numbers, ", "));
    }

    std::string item_heading(const Item& item) const {
        std::string out = fmt::format("{}  {}", item.number, language(item.question));
        const auto lost = std::ranges::find(forecast_.items, &item, &sheets::ItemFall::item);
        if (lost != forecast_.items.end())
            out = fmt::format("{}  ○ → {} {}  {}", item.number, symbol(lost->after.mark), day(lost->on),
                              language(item.question));
        return fit_to_width(out, session_.width) + "\n";
    }

    std::string items(const Fall& fall) const {
        std::string out;
        for (const Item* item : fall.losing)
            out += (out.empty() ? "" : ",") + std::to_string(item->number) + "!";
        std::size_t shown = fall.losing.size();
        for (const Item* item : fall.items) {
            if (std::ranges::find(fall.losing, item) != fall.losing.end()) continue;
            if (++shown > items_shown) return fmt::format("{}…({})", out, fall.items.size());
            out += (out.empty() ? "" : ",") + std::to_string(item->number);
        }
        return out;
    }

    std::string labels(const Fall& fall) const {
        if (fall.state == checks::RowState::unknown)
            return fmt::format(
                fmt::runtime(session_.say("一覧が古くなり {} 件が未確認に",
                                          fall.count == 1 ? "{} row unknown: a list goes stale"
                                                          : "{} rows unknown: a list goes stale")),
                fall.count);
        std::vector<std::string> names;
        for (std::size_t i = 0; i < std::min(labels_shown, fall.rows.size()); ++i)
            names.push_back(fall.rows[i].label);
        const auto more = fall.count - std::ssize(names);
        return join(names, session_.say("、", ", ")) +
               (more > 0 ? fmt::format(fmt::runtime(session_.say(" ほか{}件", " and {} more")), more) : "");
    }

    std::string what(const Fall& fall) const {
        const std::string title = language(fall.check->title);
        return fall.count > 1 || fall.rows.empty() ? title : title + " — " + language(fall.rows.front().todo);
    }

    std::string table(const std::vector<Fall>& falls, Shown shown) const {
        std::vector<std::vector<std::string>> rows{
            {session_.say("崩れる日", "Falls on"), session_.say("対応日", "Act by"),
             shown == Shown::owner ? session_.say("担当", "Owner") : session_.say("項目", "Items"),
             session_.say("対象", "Record"), session_.say("点検と対応", "Check and what to do")}};
        if (shown == Shown::owner) rows[0].insert(rows[0].begin() + 3, session_.say("項目", "Items"));
        for (const Fall& fall : falls) {
            std::vector<std::string> row{day(fall.on), day(fall.act_by)};
            if (shown == Shown::owner) row.push_back(fall.owner_name);
            row.insert(row.end(), {items(fall), labels(fall), what(fall)});
            rows.push_back(std::move(row));
        }
        return aligned(rows, session_.width);
    }

    const Session& session_;
    const Forecast& forecast_;
};

std::string head(const Session& session, const Forecast& forecast) {
    std::set<const Item*> losing;
    for (const auto& fall : forecast.items) losing.insert(fall.item);
    std::string out =
        fmt::format("{}  {}\n", forecast.organisation, forecast.sheet->label.in(session.common.language));
    out += fmt::format(fmt::runtime(session.say("{} から {} まで、だれも何もしない場合の見通し\n",
                                                "From {} to {}, if nobody does anything\n")),
                       forecast.today.iso(), forecast.until.iso());
    out += fmt::format(
        fmt::runtime(session.say("今日 ○ の {} 項目のうち {} 項目が ○ を失います。",
                                 losing.size() == 1 ? "Of {} items that are ○ today, {} loses it."
                                                    : "Of {} items that are ○ today, {} lose it.")),
        forecast.full_today, losing.size());
    if (forecast.open_today > 0)
        out += fmt::format(fmt::runtime(session.say(" 今日すでに崩れている {} 件は maru tasks にあります。",
                                                    forecast.open_today == 1
                                                        ? " {} row does not hold already: see maru tasks."
                                                        : " {} rows do not hold already: see maru tasks.")),
                           forecast.open_today);
    return out + "\n\n";
}

}  // namespace

std::string forecast_table(const Session& session, const Forecast& forecast, By by) {
    const std::string out = head(session, forecast);
    if (forecast.falls.empty())
        return out + session.say("この期間に崩れるものはありません。\n", "Nothing falls in this period.\n");
    const List list(session, forecast);
    switch (by) {
        case By::day: return out + calendar(session, forecast) + list.by_day();
        case By::owner: return out + list.by_owner();
        case By::item: return out + list.by_item();
    }
    return out;
}

}  // namespace maru::cli
