// What falls when, if nobody acts: rows that hold today, or begin later, and stop holding by a day; and the
// items that lose their ○ by it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checks/calendar.hpp"
#include "sheets/render.hpp"

namespace maru::sheets {

struct FallingRow {
    std::string subject, label;
    Text reason, todo;  // sentences
};

// Rows of one check and one owner that fall on the same day.
struct Fall {
    Day on;        // the first day on which they do not hold any more
    Day deadline;  // the last good day of the first of them, before any grace; today when that has passed
                   // or the rows only begin on `on`
    Day act_by;    // the last business day up to the deadline, but not before today
    const checks::Check* check = nullptr;
    std::optional<std::int64_t> owner;
    std::string owner_name;
    // missing, expired; unknown: a mirrored list goes stale, which is then all that `rows` names
    checks::RowState state = checks::RowState::expired;
    std::int64_t count = 0;
    std::vector<FallingRow> rows{};     // as many as were asked for, by label
    std::vector<const Item*> items{};   // that the check counts for
    std::vector<const Item*> losing{};  // those of them that lose their ○ on that very day
};

// An item whose mark stops being ○.
struct ItemFall {
    Day on;
    const Item* item = nullptr;
    Verdict before, after;
};

struct FailedCheck {
    const checks::Check* check = nullptr;
    Error error;
};

struct Forecast {
    const Sheet* sheet = nullptr;
    const checks::Calendar* calendar = nullptr;
    std::string organisation, definitions;
    std::int64_t entries = 0;
    Day today, until;
    std::vector<Fall> falls;          // by day, owner, check
    std::vector<ItemFall> items;      // by day, number
    std::vector<FailedCheck> failed;  // nothing is known of their rows
    std::int64_t open_today = 0;      // rows that do not hold today already
    std::int64_t full_today = 0;      // items that are ○
};

struct ForecastOptions {
    Sheet::Rows rows = Sheet::Rows::published;
    std::size_t rows_per_fall = 1000;
    std::optional<std::int64_t> owner;  // only this person's
};

// It points into the evaluation.
Result<Forecast> forecast(store::Database& reader, checks::Evaluation& evaluation, const Sheet& sheet,
                          Day until, const ForecastOptions& options);

std::string render_json(const Forecast& forecast);
// One row per falling row.
std::string render_delimited(const Forecast& forecast, Language language, char separator);
// iCalendar (RFC 5545): one event of a whole day per Fall, on the day by which to act. `now` stamps them.
std::string render_ics(const Forecast& forecast, Language language, Instant now);

}  // namespace maru::sheets
