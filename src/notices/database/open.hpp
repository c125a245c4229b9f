// outbox.db, which the parts of this room share: each opens a connection of its own.
#pragma once

#include <filesystem>

#include "store/database.hpp"

namespace maru::notices {

std::filesystem::path database_of(const std::filesystem::path& folder);

// Makes it when it is missing, for its owner only.
Result<store::Database> open_database(const std::filesystem::path& folder);

}  // namespace maru::notices
