// Reads a zip archive that somebody else made.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace maru::packs {

class ZipReader {
public:
    // unavailable: cannot be read; corrupt: no zip archive, cut off, or with more parts than `most_parts`.
    static Result<ZipReader> open(const std::filesystem::path& file, std::uint64_t most_parts);
    std::uint64_t file_size() const { return file_size_; }

    // Names and declared sizes; folders are left out. corrupt for links, encrypted parts, parts whose
    // compressed bytes cannot all lie in the file (they would overlap), and names with a zero byte.
    using Visitor = std::function<Result<void>(const std::string& name, std::uint64_t size)>;
    Result<void> each(const Visitor& visit);
    // Exactly `size` bytes with the right checksum; corrupt otherwise. Never inflates more.
    Result<Bytes> read(const std::string& name, std::uint64_t size);

private:
    using Archive = std::unique_ptr<void, void (*)(void*)>;
    ZipReader(Archive archive, std::uint64_t file_size)
        : archive_(std::move(archive)), file_size_(file_size) {}
    Archive archive_;
    std::uint64_t file_size_;
};

}  // namespace maru::packs
