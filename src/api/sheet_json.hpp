// Verdicts, rows and claims as JSON, in the language of the caller.
#pragma once

#include <boost/json.hpp>
#include <optional>

#include "api/names.hpp"
#include "sheets/report.hpp"

namespace maru::api {

boost::json::value json_of(const std::optional<Day>& day);
// {"id", "title"}; null for nobody.
boost::json::value person_json(Names& names, std::optional<std::int64_t> person, Language language);
// {"satisfied", "total", "due", "expired", "missing", "unknown", "exempt"}; satisfied counts what is due,
// too.
boost::json::object json_of(const checks::Counts& counts);
// {"mark", "satisfied", "total", "exempt", "remark"}
boost::json::object json_of(const sheets::Verdict& verdict);
boost::json::value json_of(const std::optional<sheets::Flip>& flip);
boost::json::object json_of(const sheets::Claim& claim);
// {"number", "code", "area", "question"}
boost::json::object head_of(const sheets::Item& item, Language language);
// The head with verdict, claim, claimStands, nextFlip, nextRemarkFlip, nextChange.
boost::json::object json_of(const sheets::SheetReport& report, const sheets::ItemReport& item,
                            Language language);
// Whole sheet.
boost::json::object json_of(const sheets::SheetReport& report, Language language);

}  // namespace maru::api
