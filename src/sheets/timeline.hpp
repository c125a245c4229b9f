// How a sheet's verdicts came and went: for every day since the ledger began, the verdict of each item at the
// day's end, judged on that day from what the ledger knew by then. What was recorded later, and dated back,
// changes nothing here. Remembered beside the organisation's database (docs/formats/derived.md).
#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checks/check.hpp"
#include "sheets/verdict.hpp"

namespace maru::sheets {

// A state of the ledger and the day on which it is judged.
struct Place {
    std::int64_t entries = 0;
    Day day;
};

// From this day on, until the item's next change, the item has this verdict.
struct Change {
    Day day;
    Verdict verdict;
    bool operator==(const Change&) const = default;
};

// How many items have each mark (in the order of Mark) from this day on.
struct Tally {
    Day day;
    std::array<std::int64_t, 5> items{};
    std::int64_t of(Mark mark) const { return items[static_cast<std::size_t>(mark)]; }
    bool operator==(const Tally&) const = default;
};

class Timeline {
public:
    struct Source {
        std::filesystem::path folder;  // of the organisation
        const checks::Library& library;
        const registers::Schema& schema;
        const Sheet& sheet;
        std::chrono::minutes utc_offset{9 * 60};  // where its days begin and end
    };
    // Reads what is remembered. A memory that cannot be read is begun anew, in the working memory when the
    // folder cannot be written. The source must outlive this.
    static Result<Timeline> open(const Source& source);
    Timeline(Timeline&&) noexcept;
    ~Timeline();

    // Judges the days up to `today` that are not remembered, or were judged before their last entry came. The
    // first time this takes as long as judging every day on which something was recorded.
    using Progress = std::function<void(Day judged, Day today)>;
    Result<void> extend(Day today, const Progress& progress = {});

    // The day of the ledger's first entry; none while it is empty or nothing was judged.
    std::optional<Day> first_day() const;
    // Of an item, by day; the first one on first_day(). Days after the one that was extended to are a
    // forecast.
    std::span<const Change> changes(const Item& item) const;
    std::optional<Verdict> on(const Item& item, Day day) const;  // none before first_day()
    // Whether it has judged that day from just these entries.
    bool tells(const Place& place) const;
    // One tally for `from` (or first_day(), when that is later) and one for each day after it, up to `to`, on
    // which some number changes.
    std::vector<Tally> series(Day from, Day to, Sheet::Rows rows) const;

private:
    struct Impl;
    explicit Timeline(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::sheets
