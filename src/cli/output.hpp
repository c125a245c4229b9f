// The text that a command makes goes to a file or to standard output, the same way for all of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/session.hpp"

namespace maru::cli {

bool is_file(const Output& output);

// `asked`, unless that is "table" and the file's name ends in one of `known`.
std::string format_of_output(const std::string& asked, const Output& output,
                             const std::vector<std::string>& known);

// Before the work: conflict when the file is there with content and not to be replaced, invalid for a folder.
Result<void> expect_free(const Output& output);

// A session whose texts fit the output: in a file there are no colours.
Session for_output(const Session& session, const Output& output);

// Replaces the file in one step, or prints.
Result<void> put_out(const Session& session, const Output& output, std::string_view text);

}  // namespace maru::cli
