// Where to begin.
#pragma once

#include "cli/session.hpp"

namespace maru::cli {

// The next first steps with commands as typed; "" once the organisation has earned half of its sheet.
Result<std::string> guide(const Session& session, Reading& reading, const sheets::SheetReport& report);

}  // namespace maru::cli
