// What changed between two moments: verdicts, the rows behind them, and who changed what by which entry.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "sheets/render.hpp"
#include "sheets/timeline.hpp"

namespace maru::sheets {

struct FieldChange {
    std::string name;
    Text label;
    Text before, after;   // as people read them; "" for nothing
    bool hidden = false;  // the reader may not see the values
};

// An entry, with what it did to its record.
struct Cause {
    std::int64_t index = 0;
    Instant at{};
    std::string kind;                         // put, retire, …
    const registers::Register* of = nullptr;  // null: about no record
    std::int64_t record = 0;
    bool first_version = false;
    std::string record_label;
    std::string actor;   // a person's name; "" for the command line of the host
    std::string reason;  // of a retirement
    std::vector<FieldChange> fields;
};

// A row that is not what it was. Absent: it was not, or is not, in the population.
struct RowDiff {
    std::string subject, label, owner;
    checks::RowState before = checks::RowState::absent, after = checks::RowState::absent;
    Text reason_before, reason_after;  // sentences; empty where absent
    std::optional<Cause> cause;        // none: time passed and nothing else
};

struct CheckDiff {
    const checks::Check* check = nullptr;
    checks::CheckKey key;
    checks::Counts before, after;
    std::int64_t came = 0, went = 0, changed = 0;  // rows
    std::vector<RowDiff> rows;                     // as many as were asked for: broken, mended, others
    std::vector<const Item*> items;                // of the diff that it counts for
    // Why it could not be run on a side; then there are no rows, and no counts of that side.
    std::optional<Error> error_before, error_after;
    bool failed() const { return error_before || error_after; }
    std::int64_t total() const { return came + went + changed; }
};

struct ItemDiff {
    const Item* item = nullptr;
    Verdict before, after;
    bool compared = false;  // whether its rows were: `checks` of the diff tells how
    bool flipped() const { return before.mark != after.mark || before.remark != after.remark; }
};

struct Diff {
    const Sheet* sheet = nullptr;
    std::string organisation, definitions;
    Place from, to;
    std::vector<ItemDiff> items;    // those that differ
    std::vector<CheckDiff> checks;  // of the items whose rows were compared, and only where rows differ
};

struct DiffOptions {
    std::vector<const Item*> items;                                   // to compare, in their order
    enum class Detail { flipped, changed } detail = Detail::flipped;  // the items whose rows are compared
    // Rows are compared of one item after the other, of none for which that would go through more than so
    // many records altogether.
    std::int64_t most_records = std::numeric_limits<std::int64_t>::max();
    std::size_t rows_per_check = 10;
    // Whether the reader may see a field's values.
    std::function<bool(const registers::Register&, const registers::Field&)> may_read =
        [](const registers::Register&, const registers::Field&) { return true; };
};

// Verdicts come from the timeline where it knows the days (end of day, and every entry of it known); it may
// be null.
Result<Diff> diff(const Timeline::Source& source, const Timeline* remembered, const Place& from,
                  const Place& to, const DiffOptions& options);

std::string render_json(const Diff& diff);
// One line per item that differs, then one per row and per check that failed.
std::string render_delimited(const Diff& diff, Language language, char separator);

}  // namespace maru::sheets
