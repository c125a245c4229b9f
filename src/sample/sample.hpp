// Organisations as data (docs/formats/sample.md): expands relative dates, repeats and overlays, and puts the
// records.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checks/calendar.hpp"
#include "registers/organisation.hpp"

namespace maru::sample {

// What was told of a record before: the same with earlier days in a date field.
struct Again {
    std::string field;  // "" = nothing
    int days = 0;       // between two tellings
    Day from{};         // not before this day
};

struct SampleRecord {
    std::string register_name;
    registers::WrittenFields fields;  // dates absolute, references by natural key
    std::string where;                // file and line, for messages
    std::string told_by;              // natural key of the person who enters it; "" = nobody in particular
    Again again{};                    // used by relive() only
};

// All records of the folders' *.toml in order of folder and name. A record with the natural key of an earlier
// one changes that record's given fields. Errors name file and line: broken TOML, keys that mean nothing,
// unknown registers, missing key fields and dates (invalid); a folder without *.toml (not_found).
Result<std::vector<SampleRecord>> expand(std::span<const std::filesystem::path> folders,
                                         const registers::Schema& schema, const checks::Holidays& holidays,
                                         Day today);

// Puts all records in one transaction, referenced records first; cycles are closed by a second version.
// Errors of a put (registers/records.hpp) say which record, and nothing is stored.
Result<void> load(registers::Organisation& organisation, const registers::Schema& schema,
                  std::vector<SampleRecord> records);

// The clock of an organisation that is being loaded: the real one unless it is set.
class TellingClock {
public:
    explicit TellingClock(Clock real) : real_(std::move(real)) {}
    Clock as_clock() const {
        return [real = real_, set = set_] { return *set ? **set : real(); };
    }
    Instant real() const { return real_(); }
    void set(Instant instant) { *set_ = instant; }
    void release() { set_->reset(); }

private:
    Clock real_;
    std::shared_ptr<std::optional<Instant>> set_ = std::make_shared<std::optional<Instant>>();
};

// As if the organisation had told its records in the course of the last year, each when its dates say: the
// same records in the end, with versions and months signed on the way. `clock` is that of the organisation's
// environment. Errors as of load(); some may be stored then, so the folder has to go.
Result<void> relive(registers::Organisation& organisation, const registers::Schema& schema,
                    std::vector<SampleRecord> records, TellingClock& clock);

// "today-30d", "today+6m", "business-3", "fiscal_year", "month", an optional "T10:00:00+09:00" after it;
// other text unchanged. The month is 1 to 12.
std::string expand_dates(std::string_view written, Day today, const checks::Calendar& calendar,
                         int fiscal_year_start_month);

}  // namespace maru::sample
