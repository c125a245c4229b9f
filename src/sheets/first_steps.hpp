// First steps (docs/formats/first-steps.md): what to enter first, while an organisation has earned little.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sheets/report.hpp"

namespace maru::sheets {

struct FirstStep {
    Text say;
    std::vector<std::vector<std::string>> commands;  // words behind "maru", filled in
    std::size_t more = 0;                            // further commands of this kind
};

// The first `most` steps of catalog/first_steps/<sheet>.toml that are still to be done; none when there is no
// such file. Errors name the file and the step. The reader has the checks' functions (today()).
Result<std::vector<FirstStep>> first_steps(store::Database& reader, const std::filesystem::path& catalog,
                                           const SheetReport& report, std::size_t most);

// True while less than half of the items is ○ or －: first steps are of use.
bool has_earned_little(const SheetReport& report);

}  // namespace maru::sheets
