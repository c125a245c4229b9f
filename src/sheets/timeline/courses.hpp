// What a timeline consists of.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sheets/timeline.hpp"

namespace maru::sheets {

// From `from` on the verdicts follow from one evaluation, until the next stretch begins; it can tell of the
// days until `holds_until`.
struct Stretch {
    Day from;
    Day holds_until;
    std::int64_t entries = 0;  // known at the end of `from`
    Hash last_leaf{};          // of the last of them: another ledger has another one
};

class Courses {
public:
    std::vector<Stretch> stretches;                                 // by day
    std::map<std::string, std::vector<Change>, std::less<>> items;  // by item code; by day

    // Forgets that day and all later ones; their stretches stay for append() to replace.
    void forget_from(Day day);
    // A verdict that is the same as before is no change.
    void add(const std::string& item, const Change& change);
    const Change* find(std::string_view item, Day day) const;
};

}  // namespace maru::sheets
