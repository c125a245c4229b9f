// The window for a terminal.
#include <fmt/core.h>

#include <algorithm>

#include "sheets/window.hpp"
#include "wording/columns.hpp"
#include "wording/pick.hpp"

namespace maru::sheets {

namespace {

constexpr std::size_t before_bar = 3 + 2 + 7 + 2;  // number, share
constexpr std::size_t gaps_shown = 6;
constexpr std::size_t verdicts_shown = 3;

// One character per piece of the window. ASCII: block characters are one column wide in some terminals and
// two in others.
class Bar {
public:
    Bar(const Window& window, std::size_t columns) : window_(window), columns_(columns) {}

    std::string of(const Item& item, Colour colour) const {
        std::string out;
        for (std::size_t i = 0; i < columns_; ++i) out += cell(item, i, colour);
        return out;
    }

    // The numbers of the months, each where it begins.
    std::string months() const {
        std::string out(columns_, ' ');
        std::size_t free = 0;
        for (std::size_t i = 0; i < columns_; ++i) {
            const std::string label = month_beginning_in(i);
            if (label.empty() || i < free || i + label.size() > columns_) continue;
            out.replace(i, label.size(), label);
            free = i + label.size() + 1;
        }
        return out;
    }

private:
    Day first_day_of(std::size_t column) const {
        const auto days = static_cast<std::size_t>(window_.days());
        return window_.from.plus_days(static_cast<int>(column * days / columns_));
    }
    Day last_day_of(std::size_t column) const {
        return std::max(first_day_of(column), first_day_of(column + 1).plus_days(-1));
    }

    // Every month, or the first of a quarter where months are narrow.
    std::string month_beginning_in(std::size_t column) const {
        const bool narrow = columns_ * 31 < 3 * static_cast<std::size_t>(window_.days());
        for (Day day = first_day_of(column); day <= last_day_of(column); day = day.plus_days(1)) {
            const auto month = static_cast<unsigned>(day.ymd().month());
            if (day.ymd().day() == std::chrono::day(1) && (!narrow || month % 3 == 1))
                return std::to_string(month);
        }
        return "";
    }

    std::string cell(const Item& item, std::size_t column, Colour colour) const {
        std::int64_t full = 0, other = 0;
        std::optional<Mark> not_full;
        for (Day day = first_day_of(column); day <= last_day_of(column); day = day.plus_days(1)) {
            const auto verdict = window_.timeline->on(item, day);
            if (!verdict || verdict->mark == Mark::not_applicable) continue;
            (verdict->mark == Mark::full ? full : other) += 1;
            if (verdict->mark != Mark::full) not_full = verdict->mark;
        }
        if (full + other == 0)
            return window_.timeline->on(item, last_day_of(column))
                       ? painted(".", Mark::not_applicable, colour)
                       : " ";
        if (other == 0) return painted("=", Mark::full, colour);
        return painted(full > 0 ? "+" : "-", *not_full, colour);
    }

    const Window& window_;
    std::size_t columns_;
};

// Never rounded up: 100 means every day.
std::string share(const ItemWindow& item) {
    if (item.counted() == 0) return "－";
    const std::int64_t tenths = item.full * 1000 / item.counted();
    return fmt::format("{}.{} %", tenths / 10, tenths % 10);
}

std::string until_text(const Window& window, const Gap& gap, Language language) {
    if (gap.until == window.today) return pick(language, "現在", "now");
    return gap.until.iso();
}

std::string verdicts_text(const Gap& gap, Language language) {
    std::string out;
    Mark last = Mark::full;
    std::size_t shown = 0;
    for (const Change& change : gap.verdicts) {
        if (change.verdict.mark == last) continue;
        last = change.verdict.mark;
        if (++shown > verdicts_shown) return out + " …";
        out += fmt::format("{}{} {}", out.empty() ? "" : " → ", symbol(last),
                           numbers(change.verdict.asked, language));
    }
    return out;
}

std::string gap_line(const Window& window, const Gap& gap, Language language) {
    const std::string days = language == Language::ja
                                 ? fmt::format("{} 日", gap.days())
                                 : fmt::format("{} {}", gap.days(), gap.days() == 1 ? "day" : "days");
    return fmt::format("{}{} – {}  {}  {}\n", std::string(before_bar, ' '), gap.from.iso(),
                       padded(until_text(window, gap, language), 10), right(days, 8),
                       verdicts_text(gap, language));
}

std::string gap_lines(const Window& window, const ItemWindow& item, Language language) {
    std::string out;
    const std::size_t shown = std::min(gaps_shown, item.gaps.size());
    for (std::size_t i = 0; i < shown; ++i) out += gap_line(window, item.gaps[i], language);
    if (const std::size_t more = item.gaps.size() - shown; more > 0)
        out += std::string(before_bar, ' ') +
               fmt::format(fmt::runtime(pick(language, "ほか {} 回\n", "and {} more\n")), more);
    return out;
}

std::string head(const Window& window, Language language) {
    std::string out = fmt::format("{}  {}\n", window.organisation, window.sheet->label.in(language));
    out += fmt::format(
        fmt::runtime(pick(language, "{} – {}（{} 日）に、証明できる ○ だった日の割合\n",
                          window.days() == 1
                              ? "{} – {} ({} day): share of the days on which it was provably ○\n"
                              : "{} – {} ({} days): share of the days on which it was provably ○\n")),
        window.from.iso(), window.to.iso(), window.days());
    out += pick(language, "それぞれの日の終わりまでに記録されていたことだけで、その日を判定しています。\n",
                "Each day is judged from what was recorded by its end, and from nothing recorded later.\n");
    const auto began = window.timeline->first_day();
    if (began && *began > window.from)
        out += fmt::format(
            fmt::runtime(pick(language, "変更記録は {} に始まります。それより前の日は証明できません。\n",
                              "The ledger begins on {}. Nothing can be proved of the days before it.\n")),
            began->iso());
    return out;
}

std::string foot(const Window& window, Language language) {
    const auto always = std::ranges::count_if(window.items, [](const ItemWindow& item) {
        return item.counted() > 0 && item.full == item.counted();
    });
    std::size_t gaps = 0;
    for (const ItemWindow& item : window.items) gaps += item.gaps.size();
    std::string out =
        fmt::format(fmt::runtime(pick(language, "期間中ずっと ○: {}/{} 項目   ○ でなかった期間: {}\n",
                                      "○ on every day: {}/{} items   times not ○: {}\n")),
                    always, window.items.size(), gaps);
    out += pick(language, "=：○   +：○ の日もある   -：○ でない   .：該当なし   空白：記録が始まる前\n",
                "= ○   + ○ on some of the days   - not ○   . not applicable   blank: before the ledger\n");
    if (gaps > 0)
        out += pick(language, "だれの何が崩し、直したか: maru diff --from 日 --to 日\n",
                    "Who broke and mended it: maru diff --from DAY --to DAY\n");
    return out;
}

std::size_t bar_columns(const Window& window, std::size_t width) {
    const std::size_t wanted = width >= 120 ? 52 : width >= 100 ? 36 : 24;
    return std::min(wanted, static_cast<std::size_t>(window.days()));
}

}  // namespace

std::string render_table(const Window& window, Language language, const TableStyle& style) {
    const std::size_t columns = bar_columns(window, style.width);
    const Bar bar(window, columns);
    const std::size_t used = before_bar + columns + 2;
    const std::size_t rest = style.width > used + 20 ? style.width - used : 20;
    std::string out = head(window, language) + "\n" + std::string(before_bar, ' ') + bar.months() + "\n";
    for (const ItemWindow& item : window.items) {
        out += fmt::format("{}  {}  {}  {}\n", right(std::to_string(item.item->number), 3),
                           right(share(item), 7), bar.of(*item.item, style.colour),
                           fit_to_width(item.item->question.in(language), rest));
        out += gap_lines(window, item, language);
    }
    return out + "\n" + foot(window, language);
}

}  // namespace maru::sheets
