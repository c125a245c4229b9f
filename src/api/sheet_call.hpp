// What a request about a sheet asks for: which sheet, which items, judged when and from what.
#pragma once

#include <boost/json/fwd.hpp>
#include <string_view>
#include <vector>

#include "api/call.hpp"
#include "api/judge.hpp"
#include "sheets/moments.hpp"

namespace maru::api {

// The sheet in the path. forbidden without the right to see sheets.
Result<const sheets::Sheet*> sheet_of(const Call& call);
// The item in the path, by number or code; not_found also for those that the caller was not given.
Result<const sheets::Item*> item_of(const Call& call, const sheets::Sheet& sheet);
// `rows=all`: also the areas that are not published. Only what the caller sees.
Result<std::vector<const sheets::Item*>> items_of(const Call& call, const sheets::Sheet& sheet);

struct Judgement {
    SharedJudged judged;  // on a day that is not after `on`
    Day on;
    std::string_view when() const;  // "today", "past" or "forecast"
    Day today;
};
// `on` (a day; today when left out) and `known_at` (a number of entries, a day, an instant, or "now"). A past
// day is judged from what was known at its end unless known_at says otherwise, as series, history and window
// do; a later day from what is known now, if nobody acts.
Result<Judgement> judgement_of(const Call& call, const sheets::Sheet& sheet);
extern const std::vector<Parameter> judgement_parameters;

// A parameter that names a day from today on; `otherwise` when it is left out.
Result<Day> day_ahead(const Call& call, std::string_view name, Day otherwise);
// A past period: `from` and `to`, by default the year that ends today.
struct Period {
    Day from, to;
};
Result<Period> past_period(const Call& call);
sheets::Asked asked_by(const Call& call, const char* name);

// The days of the sheet up to yesterday, as far as the ledger goes back.
Result<std::shared_ptr<const sheets::Timeline>> timeline_of(const Call& call, const sheets::Sheet& sheet);

// A text that many ask for alike: made once per state, language and `shape`.
using MakeText = std::function<Result<std::string>()>;
Result<http::Response> shared_response(const Call& call, const SharedJudged& judged, std::string_view shape,
                                       const MakeText& make);

}  // namespace maru::api
