// The diff for people.
#pragma once

#include <string>

#include "cli/session.hpp"
#include "sheets/diff.hpp"

namespace maru::cli {

std::string diff_table(const Session& session, const sheets::Diff& diff);

}  // namespace maru::cli
