#include "wording/json.hpp"
#include "sheets/codes.hpp"
#include "sheets/render.hpp"

namespace maru::sheets {

namespace json = boost::json;

namespace {

json::value flip_json(const std::optional<Flip>& flip) {
    if (!flip) return nullptr;
    return json::object{{"day", flip->day.iso()},
                        {"verdict", code_of(flip->verdict.mark)},
                        {"remark", code_of(flip->verdict.remark)},
                        {"counts", counts_json(flip->verdict.asked)}};
}

json::object offender_json(const Offender& offender) {
    return {{"subject", offender.subject},
            {"label", offender.label},
            {"owner", offender.owner},
            {"state", code_of(offender.state)},
            {"reason", offender.code},
            {"sentence", both(offender.reason)},
            {"valid_until", day_or_null(offender.valid_until)}};
}

json::object link_json(const LinkReport& link) {
    json::array offenders;
    for (const Offender& offender : link.offenders) offenders.push_back(offender_json(offender));
    json::object out{{"check", link.check->name},
                     {"level", code_of(link.link->level)},
                     {"state", code_of(link.outcome.state)},
                     {"counts", counts_json(link.outcome.counts)},
                     {"offender_count", link.offender_count},
                     {"offenders", std::move(offenders)}};
    if (link.error) out["error"] = both(link.error->message);
    if (!link.contradictions.empty())
        out["contradictions"] = json::array(link.contradictions.begin(), link.contradictions.end());
    return out;
}

json::value claim_json(const ItemReport& item) {
    json::object out{
        {"mark", item.claim.mark ? json::value(code_of(*item.claim.mark)) : json::value(nullptr)},
        {"remark", item.remark},
        {"stands", item.claim_stands}};
    out["planned"] = item.claim.planned ? json::value(code_of(*item.claim.planned)) : json::value(nullptr);
    out["planned_on"] = day_or_null(item.claim.planned_on);
    return out;
}

json::object item_json(const SheetReport& report, const ItemReport& item) {
    json::array links;
    for (const LinkReport& link : item.links) links.push_back(link_json(link));
    return {{"number", item.item->number},
            {"code", item.item->code},
            {"area", both(report.sheet->area(item.item->area).label)},
            {"printed_area", both(report.sheet->area(item.item->printed_area).label)},
            {"question", both(item.item->question)},
            {"verdict", code_of(item.verdict.mark)},
            {"symbol", symbol(item.verdict.mark)},
            {"counts", counts_json(item.verdict.asked)},
            {"remark", code_of(item.verdict.remark)},
            {"next_flip", flip_json(item.flips.mark)},
            {"next_remark_flip", flip_json(item.flips.remark)},
            {"next_change", flip_json(item.flips.numbers)},
            {"claim", claim_json(item)},
            {"checks", std::move(links)}};
}

}  // namespace

std::string render_json(const SheetReport& report) {
    json::array items;
    for (const ItemReport& item : report.items) items.push_back(item_json(report, item));
    const json::object root{{"sheet", report.sheet->name},         {"label", both(report.sheet->label)},
                            {"organisation", report.organisation}, {"day", report.day.iso()},
                            {"entries", report.entries},           {"root", report.root},
                            {"definitions", report.definitions},   {"items", std::move(items)}};
    return pretty(root);
}

}  // namespace maru::sheets
