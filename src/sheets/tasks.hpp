// Tasks (対応事項): what has to be done so that every asked and claimed check stays satisfied. Derived, never
// stored.
#pragma once

#include <string>
#include <vector>

#include "checks/evaluation.hpp"
#include "sheets/sheet.hpp"

namespace maru::sheets {

struct Task {
    Day due_on;  // today for what is open already, else the last good day
    std::optional<std::int64_t> owner;
    const checks::Check* check = nullptr;
    std::string subject;
    std::string label;
    checks::RowState state = checks::RowState::missing;  // today
    Text todo, reason;
    std::vector<int> items;  // items of the sheet that it mends
    int minutes = 0;         // expected
};

// What to do about a row, placeholders filled.
std::string todo(const checks::Check& check, const checks::Row& row, Language language);

// Rows that are open today or run out until `until`, one task per check and row however many items it mends,
// by day, owner, check and label.
Result<std::vector<Task>> tasks(checks::Evaluation& evaluation, const Sheet& sheet, Day until);

}  // namespace maru::sheets
