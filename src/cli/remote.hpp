// Commands that ask a server (--server) instead of a folder.
#pragma once

#include "cli/session.hpp"

namespace maru::cli {

// Runs the command over the API; prints what it would print beside the folder. Errors: those that the server
// tells, and invalid for commands that need the organisation's folder.
Result<int> run_remotely(const Session& session, const Command& command);

}  // namespace maru::cli
