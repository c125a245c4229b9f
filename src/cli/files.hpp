// Files that commands read and write.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace maru::cli {

// unavailable: names the file, and folder and free space as the places to look.
std::unexpected<Error> cannot_write(const std::filesystem::path& file);

// Replaces the file's content. Errors: cannot_write.
Result<void> write_file(const std::filesystem::path& file, std::string_view content);

// The whole file. not_found when it is missing, a folder or may not be read; names it.
Result<Bytes> read_file(const std::filesystem::path& file);

}  // namespace maru::cli
