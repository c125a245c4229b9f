// Files with an organisation's data that commands wrote elsewhere, as far as known: handed-out.tsv in its
// folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/day.hpp"

namespace maru::registers {

struct HandedOut {
    std::string at;    // "2026-11-23T00:15:00Z"
    std::string what;  // the command: "export person", "sheet ipa-52", "pack"
    std::string path;  // absolute
};

// Where the folder cannot be written, nothing is remembered: a reader must not fail for it.
void note_handed_out(const std::filesystem::path& folder, const std::string& what,
                     const std::filesystem::path& file, Instant at);
// Those whose file is still there, the last for each file.
std::vector<HandedOut> handed_out(const std::filesystem::path& folder);

}  // namespace maru::registers
