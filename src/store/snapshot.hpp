// A copy of a database while others write it.
#pragma once

#include <filesystem>

#include "core/result.hpp"

namespace maru::store {

// Writes the state of this moment into a new file, complete in itself (no write-ahead log), without what was
// deleted (VACUUM INTO). Writers go on meanwhile. The new file is not flushed to the disk. Errors are those
// of Database::open; unavailable also when the file is there or there is no room.
Result<void> snapshot(const std::filesystem::path& database, const std::filesystem::path& file);

}  // namespace maru::store
