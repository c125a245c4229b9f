// Making a backup of an organisation while it is being written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "backup/header.hpp"
#include "backup/place.hpp"

namespace maru::backup {

struct BackupRequest {
    std::filesystem::path organisation;
    Hash public_key{};
    std::string definitions;  // version of the catalog
    std::string program;      // version of maru
    Clock clock = system_now;
    Random random;
};

struct Made {
    Header header;
    std::string name;         // in the place
    std::uint64_t files = 0;  // inside
    std::uint64_t bytes = 0;  // of the backup
};

// Only reads the organisation; plain copies lie in its folder for the owner only and are destroyed before it
// returns. What the backup holds is of one moment: the state of maru.db, with keys and attachments that it
// needs. Errors: not_found (no organisation), unavailable (a person is being erased: try again; no room),
// conflict (the name is taken), those of the place. Nothing is left behind then.
Result<Made> make_backup(const BackupRequest& request, const Place& place);

}  // namespace maru::backup
