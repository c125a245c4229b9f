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
    std::string path;  // absolute, or an address ("s3://…")
};

// Where the folder cannot be written, nothing is remembered: a reader must not fail for it.
void note_handed_out(const std::filesystem::path& folder, const std::string& what,
                     const std::filesystem::path& file, Instant at);
// What lay at an address and is gone; that a file is gone can be seen.
void note_gone(const std::filesystem::path& folder, const std::string& address);
// Those whose file is still there, the last for each file, and what lies at addresses.
std::vector<HandedOut> handed_out(const std::filesystem::path& folder);

}  // namespace maru::registers
