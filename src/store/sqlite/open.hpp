// Opening and configuring a sqlite3 handle.
#pragma once

#include <filesystem>
#include <memory>

#include "sqlite/connection.hpp"

namespace maru::store {

Result<std::unique_ptr<Connection>> open_file(const std::filesystem::path& file, OpenMode mode);
Result<std::unique_ptr<Connection>> open_memory();

}  // namespace maru::store
