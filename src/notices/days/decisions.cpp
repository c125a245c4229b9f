// Published answers that are not true any more: somebody has to decide (design 3, publish_grace).
#include <fmt/core.h>

#include "days/context.hpp"
#include "days/links.hpp"
#include "sheets/claims.hpp"

namespace maru::notices {

using sheets::Claim;
using sheets::Item;
using sheets::Mark;

namespace {

constexpr int days_between_demands = 7;
constexpr std::size_t rows_told = 60;
constexpr std::size_t customers_told = 200;

struct Broken {
    const Item* item;
    Mark claimed, verdict;
    Day since;
};

int worth(Mark mark) {
    switch (mark) {
        case Mark::full: return 2;
        case Mark::partial: return 1;
        case Mark::none:
        case Mark::unknown: return 0;
        case Mark::not_applicable: return 2;  // nothing that is asked applies: nothing untrue is said
    }
    return 0;
}

// Since when, without a break, the verdict falls short of what is claimed.
std::optional<Day> broken_since(const sheets::Timeline& timeline, const Item& item, Mark claimed, Day day) {
    std::optional<Day> since;
    for (const sheets::Change& change : timeline.changes(item)) {
        if (change.day > day) break;
        if (worth(change.verdict.mark) >= worth(claimed))
            since.reset();
        else if (!since)
            since = change.day;
    }
    return since;
}

// What needs a decision today. An approval after it broke was one.
std::optional<Broken> to_decide(const DayContext& day, const sheets::Timeline& timeline, const Item& item,
                                const Claim& claim) {
    if (!claim.mark || *claim.mark == Mark::not_applicable) return std::nullopt;
    const auto since = broken_since(timeline, item, *claim.mark, day.day);
    if (!since || (claim.approved_on && *claim.approved_on >= *since)) return std::nullopt;
    const auto grace = static_cast<int>(day.evaluation.setting("publish_grace"));
    if (since->plus_days(grace) >= day.day) return std::nullopt;
    return Broken{&item, *claim.mark, timeline.on(item, day.day)->mark, *since};
}

bool asked_lately(const ToldItem& told, const Broken& broken, Day day) {
    return told.asked_since == broken.since && told.asked_on &&
           told.asked_on->plus_days(days_between_demands) > day;
}

int days_of(const DayContext& day, const Broken& one) { return day.day.number() - one.since.number(); }

Rows rows_of(const DayContext& day, const std::vector<Broken>& all, Language language) {
    Rows out;
    for (const Broken& one : all)
        out.push_back({{"number", std::to_string(one.item->number)},
                       {"question", one.item->question.in(language)},
                       {"claimed", std::string(sheets::symbol(one.claimed))},
                       {"verdict", std::string(sheets::symbol(one.verdict))},
                       {"since", one.since.iso()},
                       {"days", std::to_string(days_of(day, one))},
                       {"link", item_page(day.base(), day.request.sheet, one.item->number)}});
    return shortened(std::move(out), rows_told, language);
}

Result<std::vector<std::string>> customers(store::Database& reader) {
    std::vector<std::string> out;
    auto query =
        TRY(reader.prepare("select name from contact where kind = 'customer' and ended_on is null and name "
                           "is not null order by name"));
    while (const auto row = TRY(query.step())) out.emplace_back(row->text(0));
    return out;
}

Rows customer_rows(const std::vector<std::string>& names, Language language) {
    const bool japanese = language == Language::ja;
    if (names.empty())
        return {{{"", japanese ? "（緊急連絡網に顧客窓口が登録されていません）"
                               : "(the contacts name no customer desk)"}}};
    Rows out;
    for (const std::string& name : names) out.push_back({{"", (japanese ? "・" : "- ") + name}});
    return shortened(std::move(out), customers_told, language);
}

void tell_programs(DayContext& day, const Broken& one) {
    const std::string& sheet = day.request.sheet.name;
    day.announce({.code = "publish_decision",
                  .key = fmt::format("publish:{}:{}:{}", sheet, one.item->code, day.day.iso()),
                  .at = day.now,
                  .data = {{"sheet", sheet},
                           {"item", one.item->code},
                           {"number", std::int64_t{one.item->number}},
                           {"claimed", std::string(code_of(one.claimed))},
                           {"verdict", std::string(code_of(one.verdict))},
                           {"since", one.since.iso()},
                           {"days", std::int64_t{days_of(day, one)}},
                           {"url", item_page(day.base(), day.request.sheet, one.item->number)}}});
}

void tell_people(DayContext& day, const std::vector<Broken>& all, const std::vector<std::string>& names) {
    const Values values{{"count", std::to_string(all.size())},
                        {"grace", std::to_string(day.evaluation.setting("publish_grace"))},
                        {"link", sheet_page(day.base(), day.request.sheet)}};
    const auto lists = [&](Language language, const std::vector<std::string>& told) {
        return Lists{{"items", rows_of(day, all, language)}, {"customers", customer_rows(told, language)}};
    };
    if (!day.sends_mail()) return;
    const auto deciders = day.holders({"security_manager", "top_management"});
    for (const Recipient* to : deciders) day.mail(*to, "publish_grace", values, lists(to->language, names));
    if (deciders.empty()) day.outcome.unaddressed += static_cast<std::int64_t>(all.size());
}

// A chat is read by many: the items, not the customers.
void tell_chats(DayContext& day, const std::vector<Broken>& all) {
    const auto text = [&](Language language) {
        std::string out =
            language == Language::ja
                ? fmt::format("{}: 公表回答の判断が必要です（{} 項目）", day.organisation, all.size())
                : fmt::format("{}: {} published answers need a decision", day.organisation, all.size());
        for (const Broken& one : all)
            out += fmt::format("\n{} {}: {} ≠ {} ({})", language == Language::ja ? "項目" : "item",
                               one.item->number, sheets::symbol(one.claimed), sheets::symbol(one.verdict),
                               one.since.iso());
        return out + "\n" + sheet_page(day.base(), day.request.sheet);
    };
    day.announce({.code = "publish_decision",
                  .key = fmt::format("publishes:{}:{}", day.request.sheet.name, day.day.iso()),
                  .at = day.now,
                  .chat = {text(Language::ja), text(Language::en)}});
}

}  // namespace

Result<void> ask_for_decisions(DayContext& day, const sheets::Timeline& timeline) {
    const auto claims = TRY(sheets::load_claims(day.reader, day.request.sheet.name));
    std::vector<Broken> all;
    for (const Item* item : day.request.sheet.rows(sheets::Sheet::Rows::published)) {
        const auto claim = claims.find(item->code);
        const auto told = day.after.items.find(item->code);
        if (claim == claims.end() || told == day.after.items.end()) continue;
        const auto broken = to_decide(day, timeline, *item, claim->second);
        if (!broken || asked_lately(told->second, *broken, day.day)) continue;
        told->second.asked_since = broken->since;
        told->second.asked_on = day.day;
        all.push_back(*broken);
    }
    day.outcome.decisions = static_cast<std::int64_t>(all.size());
    if (all.empty()) return {};
    for (const Broken& one : all) tell_programs(day, one);
    tell_chats(day, all);
    tell_people(day, all, TRY(customers(day.reader)));
    return {};
}

}  // namespace maru::notices
