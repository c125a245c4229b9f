// On how many days of a period each item was provably ○, and when not: what an auditor asks about a year.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sheets/render.hpp"
#include "sheets/timeline.hpp"

namespace maru::sheets {

// Days in a row on which the item was not ○, with what it was instead; at least one verdict, the first on
// `from`.
struct Gap {
    Day from, until;
    std::vector<Change> verdicts;
    std::int64_t days() const { return until.number() - from.number() + 1; }
};

// Numbers of days.
struct ItemWindow {
    const Item* item = nullptr;
    std::int64_t full = 0, not_full = 0, not_applicable = 0,
                 unrecorded = 0;  // unrecorded: before the ledger began
    std::vector<Gap> gaps;
    // Days that had to be ○: all but those on which the item did not apply.
    std::int64_t counted() const { return full + not_full + unrecorded; }
};

struct Window {
    const Sheet* sheet = nullptr;
    const Timeline* timeline = nullptr;
    std::string organisation, definitions;
    Day from, to;
    Day today;  // a gap that reaches this day is still open
    std::vector<ItemWindow> items;
    std::int64_t days() const { return to.number() - from.number() + 1; }
};

// The timeline must have been extended to `to`. `items` in the order in which they are shown.
Window window(const Timeline& timeline, const Sheet& sheet, const std::vector<const Item*>& items, Day from,
              Day to);

// A bar of characters per item, its gaps below it.
std::string render_table(const Window& window, Language language, const TableStyle& style);
std::string render_json(const Window& window);
// One row per item; gaps as ISO 8601 intervals with the first mark of each.
std::string render_delimited(const Window& window, Language language, char separator);

}  // namespace maru::sheets
