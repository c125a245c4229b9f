// What the verdicts of a sheet's items follow from.
#pragma once

#include <vector>

#include "sheets/claims.hpp"
#include "sheets/verdict.hpp"

namespace maru::sheets {

// Approved exclusions by item code.
using Exclusions = std::map<std::string, Period, std::less<>>;

// Runs the item's checks. It points into the evaluation.
ItemInput input_of(const Item& item, checks::Evaluation& evaluation, const Exclusions& exclusions);

struct JudgedItem {
    const Item* item = nullptr;
    ItemInput input;
};
// Of all these rows, in their order.
Result<std::vector<JudgedItem>> judged_items(store::Database& reader, checks::Evaluation& evaluation,
                                             const Sheet& sheet, Sheet::Rows rows);

}  // namespace maru::sheets
