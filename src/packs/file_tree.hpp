// The files of a pack or a log that somebody else made, in a folder or a zip archive. Nothing in it is
// believed: names, sizes and counts are limited before anything is read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace maru::packs {

struct TreeLimits {
    std::uint64_t files = 2'000'000;
    std::uint64_t file_bytes = 512ull << 20;
    std::uint64_t all_bytes = 64ull << 30;
    std::uint64_t ratio = 200;                 // of a zip archive: how much it may grow …
    std::uint64_t small_enough = 64ull << 20;  // … once it has grown to this
};

class FileTree {
public:
    // unavailable: not there, or may not be read. corrupt: no zip archive, cut off, links, encrypted parts,
    // names that are none (files/names.hpp) or there twice, more than the limits.
    static Result<FileTree> open(const std::filesystem::path& folder_or_zip, const TreeLimits& limits = {});
    FileTree(FileTree&&) noexcept;
    FileTree& operator=(FileTree&&) noexcept;
    ~FileTree();

    const std::map<std::string, std::uint64_t>& sizes() const;  // by name
    bool contains(const std::string& name) const { return sizes().contains(name); }
    // not_found when there is no such file; corrupt when it is not what its size and checksum say.
    Result<Bytes> read(const std::string& name);

private:
    struct Impl;
    explicit FileTree(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::packs
