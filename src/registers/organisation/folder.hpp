// What lies where in an organisation's folder.
#pragma once

#include <filesystem>

#include "core/result.hpp"

namespace maru::registers {

struct Folder {
    std::filesystem::path path;

    std::filesystem::path database() const { return path / "maru.db"; }
    std::filesystem::path keys() const { return path / "keys"; }
    std::filesystem::path key_file() const { return keys() / "keys.db"; }
    std::filesystem::path blobs() const { return path / "blobs"; }
    bool holds_organisation() const;
};

// not_found unless the folder holds an organisation.
Result<void> expect_organisation(const Folder& folder);
// Makes a folder and what leads to it, owner-only; what exists stays.
Result<void> make_folder(const std::filesystem::path& path);
// Those of an organisation.
Result<void> make_folders(const Folder& folder);

}  // namespace maru::registers
