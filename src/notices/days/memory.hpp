// What the daily job remembers from one run to the next, in outbox.db.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "notices/outbox.hpp"
#include "sheets/verdict.hpp"
#include "store/database.hpp"

namespace maru::notices {

struct SeenTask {
    std::optional<std::int64_t> owner;
    Day first_seen;
    std::optional<Day> open_since;    // none while its day lies ahead
    std::optional<Day> escalated_on;  // since then nobody is told again
};
using TaskKey = std::pair<std::string, std::string>;  // check, subject

struct ToldItem {
    sheets::Mark mark = sheets::Mark::unknown;
    std::optional<Day> asked_since,
        asked_on;  // the decision about its claim that was asked for, and when last
};

struct Memory {
    std::optional<Day> last_day, digest_day;
    std::map<std::string, ToldItem> items;  // by code
    std::map<TaskKey, SeenTask> tasks;
};

std::string_view code_of(sheets::Mark mark);

Result<Memory> load_memory(store::Database& database, const std::string& sheet);

// The new memory and the drafts of a day: all of it or nothing; false when another process was faster.
struct DayDone {
    Day day;
    Instant now{};
    std::vector<Draft> drafts{};
    Memory memory{};
};
Result<bool> commit_day(store::Database& database, const std::string& sheet, const DayDone& done,
                        const Random& random);

}  // namespace maru::notices
