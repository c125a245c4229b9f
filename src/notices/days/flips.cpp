// Flips: which marks are others than when they were told last.
#include <fmt/core.h>

#include "days/context.hpp"
#include "days/links.hpp"
#include "sheets/render.hpp"

namespace maru::notices {

using sheets::Item;
using sheets::Mark;
using sheets::Verdict;

namespace {

constexpr std::size_t rows_told = 60;

struct Turned {
    const Item* item;
    Mark before;
    Verdict now;
    Day since;
};

// The first day of the run of days, up to `day`, on which the item has the mark that it has on it.
Day since(const sheets::Timeline& timeline, const Item& item, Day day, Mark mark) {
    Day out = day;
    for (const sheets::Change& change : timeline.changes(item)) {
        if (change.day > day) break;
        if (change.verdict.mark != mark)
            out = day;
        else
            out = std::min(out, change.day);
    }
    return out;
}

Rows rows_of(const DayContext& day, const std::vector<Turned>& turned, Language language) {
    Rows out;
    for (const Turned& one : turned)
        out.push_back({{"number", std::to_string(one.item->number)},
                       {"question", one.item->question.in(language)},
                       {"before", std::string(sheets::symbol(one.before))},
                       {"after", std::string(sheets::symbol(one.now.mark))},
                       {"numbers", sheets::numbers(one.now.asked, language)},
                       {"since", one.since.iso()},
                       {"link", item_page(day.base(), day.request.sheet, one.item->number)}});
    return shortened(std::move(out), rows_told, language);
}

void tell_programs(DayContext& day, const Turned& one) {
    const std::string& sheet = day.request.sheet.name;
    day.announce({.code = "verdict_flipped",
                  .key = fmt::format("flip:{}:{}:{}", sheet, one.item->code, day.day.iso()),
                  .at = day.now,
                  .data = {{"sheet", sheet},
                           {"item", one.item->code},
                           {"number", std::int64_t{one.item->number}},
                           {"before", std::string(code_of(one.before))},
                           {"after", std::string(code_of(one.now.mark))},
                           {"satisfied", one.now.asked.good()},
                           {"total", one.now.asked.total()},
                           {"since", one.since.iso()},
                           {"url", item_page(day.base(), day.request.sheet, one.item->number)}}});
}

void tell_people(DayContext& day, const std::vector<Turned>& turned) {
    const Values values{{"count", std::to_string(turned.size())},
                        {"full", std::to_string(day.outcome.full)},
                        {"total", std::to_string(day.outcome.items)},
                        {"link", sheet_page(day.base(), day.request.sheet)}};
    const auto lists = [&](Language language) { return Lists{{"items", rows_of(day, turned, language)}}; };
    day.announce(
        {.code = "verdict_flipped",
         .key = fmt::format("flips:{}:{}", day.request.sheet.name, day.day.iso()),
         .at = day.now,
         .chat = day.chat("flip", values,
                          {{Language::ja, lists(Language::ja)}, {Language::en, lists(Language::en)}})});
    if (!day.sends_mail()) return;
    for (const Recipient* to : day.holders({"security_manager", "security_office"}))
        day.mail(*to, "flip", values, lists(to->language));
}

}  // namespace

void tell_flips(DayContext& day, const sheets::Timeline& timeline) {
    std::vector<Turned> turned;
    for (const Item* item : day.request.sheet.rows(sheets::Sheet::Rows::published)) {
        const auto verdict = timeline.on(*item, day.day);
        if (!verdict) continue;
        ++day.outcome.items;
        day.outcome.full += verdict->mark == Mark::full ? 1 : 0;
        const auto told = day.before.items.find(item->code);
        ToldItem now = told == day.before.items.end() ? ToldItem{} : told->second;
        if (told != day.before.items.end() && told->second.mark != verdict->mark)
            turned.push_back(
                {item, told->second.mark, *verdict, since(timeline, *item, day.day, verdict->mark)});
        now.mark = verdict->mark;
        day.after.items[item->code] = now;
    }
    day.outcome.flipped = static_cast<std::int64_t>(turned.size());
    for (const Turned& one : turned) tell_programs(day, one);
    if (!turned.empty()) tell_people(day, turned);
}

void tell_summary(DayContext& day) {
    day.announce({.code = "daily_summary",
                  .key = "summary:" + day.day.iso(),
                  .at = day.now,
                  .data = {{"sheet", day.request.sheet.name},
                           {"day", day.day.iso()},
                           {"full", day.outcome.full},
                           {"items", day.outcome.items},
                           {"open_tasks", day.outcome.open},
                           {"tasks_due_soon", day.outcome.soon},
                           {"url", sheet_page(day.base(), day.request.sheet)}},
                  .chat = day.chat("summary",
                                   {{"full", std::to_string(day.outcome.full)},
                                    {"total", std::to_string(day.outcome.items)},
                                    {"open_count", std::to_string(day.outcome.open)},
                                    {"soon_count", std::to_string(day.outcome.soon)},
                                    {"link", sheet_page(day.base(), day.request.sheet)}},
                                   {})});
}

}  // namespace maru::notices
