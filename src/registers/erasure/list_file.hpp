// The list of erasures, one line each: in the keystore, and in a file outside the organisation's folder and
// its backups, so that a copy from before an erasure does not bring the person back.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/text.hpp"
#include "registers/erasure_order.hpp"

namespace maru::registers {

// `anchors`/<16 bytes that only the keystore can compute>.erasures; empty when `anchors` is.
std::filesystem::path list_file(const std::filesystem::path& anchors, const Keystore& keys);

struct ErasureList {
    std::vector<ListedErasure> erasures;  // each once, in the order of their making
    std::vector<Text> complaints;         // lines that nobody can have written who had the keystore
};

// What keystore and file say together. A missing file is an empty one.
Result<ErasureList> read_list(const std::filesystem::path& file, Keystore& keys);

// Durable when it returns; nothing when the line is there. Makes the folder. Nothing when `file` is empty.
Result<void> add_to_list(const std::filesystem::path& file, const std::string& line);

}  // namespace maru::registers
