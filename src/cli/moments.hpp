// Days and places in the ledger, as people write them in options (sheets/moments.hpp).
#pragma once

#include "cli/session.hpp"
#include "sheets/moments.hpp"

namespace maru::cli {

using sheets::local_time;
using sheets::Moment;
using sheets::written_day;

inline Result<Day> past_day(const Session& session, const char* option, const std::string& written) {
    return sheets::past_day({option, session.environment.clock()}, written);
}
inline Result<std::int64_t> entries_known(const Session& session, store::Database& reader, const char* option,
                                          const std::string& written) {
    return sheets::entries_known(reader, {option, session.environment.clock()}, written);
}
inline Result<Moment> written_moment(const Session& session, store::Database& reader, const char* option,
                                     const std::string& written) {
    return sheets::written_moment(reader, {option, session.environment.clock()}, written);
}

}  // namespace maru::cli
