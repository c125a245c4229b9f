// Putting a backup back into a new folder.
#pragma once

#include <cstdint>
#include <filesystem>

#include "backup/header.hpp"
#include "core/bytes.hpp"
#include "crypto/sealed_stream.hpp"

namespace maru::backup {

struct Restored {
    Header header;
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::uint64_t checkpoints = 0;  // whose signatures and roots hold
};

// Decrypts into a folder that is there and empty, and verifies the ledger: entry by entry up to the root that
// the header tells, and every signed checkpoint. Errors name the backup: those of open_archive, and corrupt
// when its ledger is not what it says.
Result<Restored> extract(const std::filesystem::path& file, const crypto::BoxKeys& keys,
                         const std::filesystem::path& folder);

// The same into a folder that is not there yet; it gets its name only when everything was right. conflict
// when something is there. Nothing is left behind after an error.
Result<Restored> restore(const std::filesystem::path& file, const crypto::BoxKeys& keys,
                         const std::filesystem::path& folder, const Random& random);

}  // namespace maru::backup
