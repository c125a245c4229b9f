// Days and places in a ledger, as people write them: options of the command line, parameters of requests.
#pragma once

#include <cstdint>
#include <string>

#include "core/day.hpp"
#include "sheets/timeline.hpp"
#include "store/database.hpp"

namespace maru::sheets {

std::string local_time(Instant instant);  // "2026-11-23 09:15", in Japan

// What something is asked by ("--on", "on"), for messages, and when.
struct Asked {
    const char* by = "";
    Instant now{};
    Day today() const { return local_day(now, japan_offset); }
};

Result<Day> written_day(const char* asked_by, const std::string& written);
// Not after today: what is not there yet was not recorded.
Result<Day> past_day(const Asked& asked, const std::string& written);

// A state of the ledger and the day on which it is judged.
struct Moment {
    std::int64_t entries = 0;
    Day day;
    bool is_end_of_day = false;  // written as a day: everything known at its end
    Place place() const { return {entries, day}; }
};
// Number of entries known at an index ("1200" or "@1200"), at the end of a day, or at an instant. Refused:
// what lies in the future or before the first entry.
Result<std::int64_t> entries_known(store::Database& reader, const Asked& asked, const std::string& written);
// A day, judged at its end, or "@1200": so many entries, judged on the day of the last of them.
Result<Moment> written_moment(store::Database& reader, const Asked& asked, const std::string& written);

}  // namespace maru::sheets
