// The forecast as json, csv and tsv.
#include <algorithm>

#include "sheets/codes.hpp"
#include "sheets/forecast.hpp"
#include "wording/delimited.hpp"
#include "wording/json.hpp"

namespace maru::sheets {

namespace json = boost::json;

namespace {

json::array numbers_of(const std::vector<const Item*>& items) {
    json::array out;
    for (const Item* item : items) out.push_back(item->number);
    return out;
}

json::object fall_json(const Forecast& forecast, const Fall& fall) {
    json::array rows;
    for (const FallingRow& row : fall.rows)
        rows.push_back(json::object{{"subject", row.subject},
                                    {"label", row.label},
                                    {"reason", both(row.reason)},
                                    {"todo", both(row.todo)}});
    return {{"on", fall.on.iso()},
            {"business_day", forecast.calendar->is_business_day(fall.on)},
            {"deadline", fall.deadline.iso()},
            {"act_by", fall.act_by.iso()},
            {"check", fall.check->name},
            {"title", both(fall.check->title)},
            {"owner", fall.owner_name},
            {"state", code_of(fall.state)},
            {"count", fall.count},
            {"items", numbers_of(fall.items)},
            {"losing", numbers_of(fall.losing)},
            {"rows", std::move(rows)}};
}

json::object item_json(const ItemFall& fall) {
    return {{"on", fall.on.iso()},
            {"number", fall.item->number},
            {"code", fall.item->code},
            {"question", both(fall.item->question)},
            {"verdict", code_of(fall.after.mark)},
            {"counts_before", counts_json(fall.before.asked)},
            {"counts", counts_json(fall.after.asked)}};
}

std::string list_of(const std::vector<const Item*>& items) {
    std::vector<std::string> out;
    for (const Item* item : items) out.push_back(std::to_string(item->number));
    return join(out, ";");
}

std::vector<std::string> headings(Language language) {
    if (language == Language::ja)
        return {"崩れる日", "営業日", "期限", "対応日",      "担当", "点検",
                "対象",     "状態",   "項目", "○を失う項目", "対応", "理由"};
    return {"Falls on", "Business day", "Deadline", "Act by",   "Owner",      "Check",
            "Record",   "State",        "Items",    "Losing ○", "What to do", "Reason"};
}

std::vector<std::string> cells(const Forecast& forecast, const Fall& fall, const FallingRow& row,
                               Language language) {
    return {fall.on.iso(),
            forecast.calendar->is_business_day(fall.on) ? "1" : "0",
            fall.deadline.iso(),
            fall.act_by.iso(),
            fall.owner_name,
            fall.check->title.in(language),
            row.label,
            state_name(fall.state, language),
            list_of(fall.items),
            list_of(fall.losing),
            row.todo.in(language),
            row.reason.in(language)};
}

}  // namespace

std::string render_json(const Forecast& forecast) {
    json::array falls, items, failed;
    for (const FailedCheck& each : forecast.failed)
        failed.push_back(json::object{{"check", each.check->name}, {"error", both(each.error.message)}});
    for (const Fall& fall : forecast.falls) falls.push_back(fall_json(forecast, fall));
    for (const ItemFall& fall : forecast.items) items.push_back(item_json(fall));
    return pretty(json::object{{"sheet", forecast.sheet->name},
                               {"label", both(forecast.sheet->label)},
                               {"organisation", forecast.organisation},
                               {"definitions", forecast.definitions},
                               {"entries", forecast.entries},
                               {"day", forecast.today.iso()},
                               {"until", forecast.until.iso()},
                               {"full_today", forecast.full_today},
                               {"open_today", forecast.open_today},
                               {"items", std::move(items)},
                               {"falls", std::move(falls)},
                               {"failed", std::move(failed)}});
}

std::string render_delimited(const Forecast& forecast, Language language, char separator) {
    std::string out = delimited_line(headings(language), separator) + '\n';
    for (const Fall& fall : forecast.falls)
        for (const FallingRow& row : fall.rows)
            out += delimited_line(cells(forecast, fall, row, language), separator) + '\n';
    return out;
}

}  // namespace maru::sheets
