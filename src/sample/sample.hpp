// Organisations as data (docs/formats/sample.md): expands relative dates, repeats and overlays, and puts the
// records.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/calendar.hpp"
#include "registers/organisation.hpp"

namespace maru::sample {

struct SampleRecord {
    std::string register_name;
    registers::WrittenFields fields;  // dates absolute, references by natural key
    std::string where;                // file and line, for messages
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

// "today-30d", "today+6m", "business-3", "fiscal_year", "month", an optional "T10:00:00+09:00" after it;
// other text unchanged. The month is 1 to 12.
std::string expand_dates(std::string_view written, Day today, const checks::Calendar& calendar,
                         int fiscal_year_start_month);

}  // namespace maru::sample
