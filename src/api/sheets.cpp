// GET /sheets and /sheets/{sheet}: every item's verdict beside what is claimed.
#include <fmt/core.h>

#include <boost/json.hpp>

#include "api/endpoints.hpp"
#include "api/sheet_call.hpp"
#include "api/sheet_json.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;

constexpr int horizon_days = 800;  // how far the next change is looked for

std::string shape_of(const std::vector<const sheets::Item*>& items, const Judgement& judgement) {
    std::string shape = fmt::format("sheet {} {}", judgement.on.number(), judgement.when());
    for (const sheets::Item* item : items) shape += fmt::format(" {}", item->number);
    return shape;
}

Result<std::string> sheet_text(const Judgement& judgement, const std::vector<const sheets::Item*>& items,
                               Language language) {
    sheets::SheetReport report = (*judgement.judged)->on(judgement.on, items, horizon_days);
    json::object out = json_of(report, language);
    out["when"] = judgement.when();
    return json::serialize(out);
}

Result<http::Response> get_sheet(Call& call) {
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    const auto items = TRY(items_of(call, sheet));
    const Judgement judgement = TRY(judgement_of(call, sheet));
    return shared_response(call, judgement.judged, shape_of(items, judgement),
                           [&] { return sheet_text(judgement, items, call.language); });
}

Result<http::Response> list_sheets(Call& call) {
    TRY(call.expect(identity::Action::see_sheets));
    json::array all;
    for (const sheets::Sheet& sheet : call.site.catalog().sheets) {
        const auto items = TRY(items_of(call, sheet));
        const SharedJudged judged = TRY(call.site.judge().now(sheet));
        const sheets::SheetReport report = (*judged)->on((*judged)->day(), items, 0);
        json::object one = json_of(report, call.language);
        one.erase("areas");
        one["items"] = items.size();
        all.push_back(std::move(one));
    }
    return json_response(json::object{{"sheets", std::move(all)}});
}

}  // namespace

std::vector<Endpoint> sheet_endpoints() {
    Endpoint one{
        .pattern = "/sheets/{sheet}",
        .id = "getSheet",
        .tag = "sheets",
        .summary = "Every item's verdict beside what is claimed, with the next day on which it changes",
        .query = judgement_parameters,
        .gives = "Sheet",
        .run = get_sheet};
    one.query.push_back({"rows", "\"all\": also the areas that are not published"});
    return {{.pattern = "/sheets",
             .id = "listSheets",
             .tag = "sheets",
             .summary = "The sheets that there are, with how many items have which mark today",
             .gives = "SheetList",
             .run = list_sheets},
            std::move(one)};
}

}  // namespace maru::api
