// An organisation's witnesses and time stamps, for the status of its ledger.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/session.hpp"

namespace maru::cli {

// <organisation>/policy.txt
std::filesystem::path policy_file(const std::filesystem::path& organisation);

// Label and value: each witness of the policy with the size and age of its last cosignature, then the last
// time stamp.
using StatusRows = std::vector<std::vector<std::string>>;
Result<StatusRows> witness_rows(const Session& session, const std::filesystem::path& organisation,
                                store::Database& reader);

}  // namespace maru::cli
