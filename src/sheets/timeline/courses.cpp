#include "timeline/courses.hpp"

#include <algorithm>

namespace maru::sheets {

void Courses::forget_from(Day day) {
    std::erase_if(stretches, [&](const Stretch& stretch) { return stretch.from >= day; });
    for (auto& [item, changes] : items)
        std::erase_if(changes, [&](const Change& change) { return change.day >= day; });
}

void Courses::add(const std::string& item, const Change& change) {
    auto& changes = items[item];
    if (changes.empty() || changes.back().verdict != change.verdict) changes.push_back(change);
}

const Change* Courses::find(std::string_view item, Day day) const {
    const auto found = items.find(item);
    if (found == items.end()) return nullptr;
    const auto after = std::ranges::upper_bound(found->second, day, {}, &Change::day);
    return after == found->second.begin() ? nullptr : &*std::prev(after);
}

}  // namespace maru::sheets
