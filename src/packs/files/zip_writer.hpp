// A zip archive (APPNOTE.TXT 6.3) whose bytes follow from its files alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace maru::packs {

// Its bytes may be asked for more than once and are always the same.
struct PackFile {
    std::string path;
    std::function<Result<Bytes>()> content;
    std::uint64_t size = 0;  // of the content
};

// Told which file is begun, from 1.
using Begun = std::function<void(std::size_t number)>;

// In the order given, all dated 1980-01-01 with the same attributes, deflated by zlib at level 9. Replaces
// the file in one step; after an error it is as it was.
Result<void> write_zip(const std::filesystem::path& file, const std::vector<PackFile>& files,
                       const Begun& begun);

}  // namespace maru::packs
