#include "api/sheet_json.hpp"

#include <algorithm>

#include "sheets/codes.hpp"

namespace maru::api {

namespace json = boost::json;
using sheets::Mark;

namespace {

constexpr Mark marks[] = {Mark::full, Mark::partial, Mark::none, Mark::unknown, Mark::not_applicable};

json::value code_or_null(const std::optional<Mark>& mark) {
    return mark ? json::value(sheets::code_of(*mark)) : json::value(nullptr);
}

json::object counts_of(const sheets::SheetReport& report, const sheets::Area* area) {
    json::object out;
    for (const Mark mark : marks)
        out[sheets::code_of(mark)] = std::ranges::count_if(report.items, [&](const sheets::ItemReport& item) {
            return item.verdict.mark == mark && (!area || item.item->area == area->number);
        });
    return out;
}

json::array areas_of(const sheets::SheetReport& report, Language language) {
    json::array out;
    for (const sheets::Area& area : report.sheet->areas) {
        const auto items = std::ranges::count_if(
            report.items, [&](const sheets::ItemReport& item) { return item.item->area == area.number; });
        if (items == 0) continue;
        out.push_back({{"number", area.number},
                       {"label", area.label.in(language)},
                       {"optional", area.optional},
                       {"items", items},
                       {"counts", counts_of(report, &area)}});
    }
    return out;
}

}  // namespace

json::value json_of(const std::optional<Day>& day) {
    return day ? json::value(day->iso()) : json::value(nullptr);
}

json::value person_json(Names& names, std::optional<std::int64_t> person, Language language) {
    if (!person) return nullptr;
    return json::object{{"id", *person}, {"title", names.of("person", *person).title.in(language)}};
}

json::object json_of(const checks::Counts& counts) {
    return {{"satisfied", counts.good()}, {"total", counts.total()},   {"due", counts.due},
            {"expired", counts.expired},  {"missing", counts.missing}, {"unknown", counts.unknown},
            {"exempt", counts.exempt}};
}

json::object json_of(const sheets::Verdict& verdict) {
    return {{"mark", sheets::code_of(verdict.mark)},
            {"satisfied", verdict.asked.good()},
            {"total", verdict.asked.total()},
            {"exempt", verdict.asked.exempt},
            {"remark", sheets::code_of(verdict.remark)}};
}

json::value json_of(const std::optional<sheets::Flip>& flip) {
    if (!flip) return nullptr;
    json::object out = json_of(flip->verdict);
    out["day"] = flip->day.iso();
    return out;
}

json::object json_of(const sheets::Claim& claim) {
    return {{"mark", code_or_null(claim.mark)},
            {"remark", claim.remark},
            {"planned", code_or_null(claim.planned)},
            {"plannedOn", json_of(claim.planned_on)},
            {"approvedOn", json_of(claim.approved_on)}};
}

json::object head_of(const sheets::Item& item, Language language) {
    return {{"number", item.number},
            {"code", item.code},
            {"area", item.area},
            {"question", item.question.in(language)}};
}

json::object json_of(const sheets::SheetReport& report, const sheets::ItemReport& item, Language language) {
    json::object out = head_of(*item.item, language);
    out["areaLabel"] = report.sheet->area(item.item->area).label.in(language);
    out["verdict"] = json_of(item.verdict);
    json::object claim = json_of(item.claim);
    claim["remark"] = item.remark;
    out["claim"] = std::move(claim);
    out["claimStands"] = item.claim_stands;
    out["nextFlip"] = json_of(item.flips.mark);
    out["nextRemarkFlip"] = json_of(item.flips.remark);
    out["nextChange"] = json_of(item.flips.numbers);
    return out;
}

json::object json_of(const sheets::SheetReport& report, Language language) {
    json::array items;
    for (const sheets::ItemReport& item : report.items) items.push_back(json_of(report, item, language));
    const auto gaps = std::ranges::count_if(
        report.items, [](const sheets::ItemReport& item) { return !item.claim_stands; });
    return {{"sheet", report.sheet->name},
            {"label", report.sheet->label.in(language)},
            {"organisation", report.organisation},
            {"day", report.day.iso()},
            {"at", report.entries},
            {"root", report.root},
            {"definitions", report.definitions},
            {"counts", counts_of(report, nullptr)},
            {"claimGaps", gaps},
            {"areas", areas_of(report, language)},
            {"items", std::move(items)}};
}

}  // namespace maru::api
