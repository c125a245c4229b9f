// What the organisation says: mark, remark and plan per item (register `claim`), and exclusions (register
// `exclusion`).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sheets/verdict.hpp"
#include "store/database.hpp"

namespace maru::sheets {

struct Claim {
    std::optional<Mark> mark;
    std::string remark;
    std::optional<Mark> planned;
    std::optional<Day> planned_on;
    std::optional<Day> approved_on;
};
using Claims = std::map<std::string, Claim, std::less<>>;  // by item code

Result<Claims> load_claims(store::Database& reader, std::string_view sheet);
// Approved exclusions by item code: from approval to their end.
Result<std::map<std::string, Period, std::less<>>> load_exclusions(store::Database& reader,
                                                                   std::string_view sheet);

// A row of a published sheet that was read.
struct PublishedRow {
    std::string item;  // code
    std::string mark;  // "full", "partial", "none", "not_applicable" or "" (register claim)
    std::string remark;
};
// Matches rows by the item's text (after NFKC, without white space), never by position; circles and crosses
// in their variants are understood. Errors name the line: unknown question, question twice, unknown mark.
Result<std::vector<PublishedRow>> match_published(const Sheet& sheet,
                                                  const std::vector<std::vector<std::string>>& rows);

}  // namespace maru::sheets
