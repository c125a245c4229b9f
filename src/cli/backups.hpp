// What making and trying backups share: their evidence.
#pragma once

#include <functional>
#include <string>

#include "backup/evidence.hpp"
#include "cli/session.hpp"

namespace maru::cli {

// Opens the organisation for writing and lets `work` put its records; `by` "" = the security manager. What
// cannot be recorded is a warning: the backup is there.
void record(const Session& session, const registers::Schema& schema, const std::string& by,
            const std::function<Result<void>(const backup::Put&, const std::string&)>& work);

}  // namespace maru::cli
