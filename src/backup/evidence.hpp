// Backups and drills as evidence for item 13: records of the registers backup_job (code MARU), backup_run and
// restore_test.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "registers/records.hpp"
#include "store/database.hpp"

namespace maru::backup {

inline constexpr const char* job_code = "MARU";

// How records are put: through the organisation that the caller has open for writing.
using Put = std::function<Result<registers::Change>(registers::PutRequest)>;

enum class Outcome { success, failed };

struct RunRecord {
    Day on;
    Outcome outcome = Outcome::success;
    std::string destination;
    std::string by;  // code or #id of a person
};
// Makes the job when it is missing. Running again on the same day changes the record of that day.
Result<void> record_run(const Put& put, const RunRecord& run);

struct DrillRecord {
    Day on;
    Outcome outcome = Outcome::success;
    std::int64_t minutes = 0;
    std::string destination;
    std::string by;
};
Result<void> record_drill(const Put& put, const DrillRecord& drill);

// Who answers for backups unless somebody is named: the security manager of that day, as "#id". invalid says
// what to do when there is none.
Result<std::string> responsible(store::Database& reader, Day day);

}  // namespace maru::backup
