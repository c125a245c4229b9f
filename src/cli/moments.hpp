// Days and places in the ledger, as people write them on the command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/session.hpp"

namespace maru::cli {

std::string local_time(Instant instant);  // "2026-11-23 09:15", in Japan

// The errors of all these name the option.
Result<Day> written_day(const char* option, const std::string& written);
// Not after today: what is not there yet was not recorded.
Result<Day> past_day(const Session& session, const char* option, const std::string& written);

// A state of the ledger and the day on which it is judged.
struct Moment {
    std::int64_t entries = 0;
    Day day;
    bool is_end_of_day = false;  // written as a day: everything known at its end
};
// Number of entries known at an index ("1200" or "@1200"), at the end of a day, or at an instant. Refused:
// what lies in the future or before the first entry.
Result<std::int64_t> entries_known(const Session& session, store::Database& reader, const char* option,
                                   const std::string& written);
// A day, judged at its end, or "@1200": so many entries, judged on the day of the last of them.
Result<Moment> written_moment(const Session& session, store::Database& reader, const char* option,
                              const std::string& written);

}  // namespace maru::cli
