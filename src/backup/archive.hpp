// A backup as a file: header, then the encrypted content in chunks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "backup/content.hpp"
#include "backup/header.hpp"
#include "crypto/sealed_stream.hpp"

namespace maru::backup {

inline constexpr std::size_t chunk_size = 64 * 1024;  // of plain bytes; the last one may be shorter

// Writes a file that is there already (made by the caller, owner-only). Errors name it: unavailable.
class ArchiveWriter {
public:
    static Result<ArchiveWriter> open(const std::filesystem::path& file, const Header& header,
                                      const Hash& public_key);
    // A file under this path (is_safe_path). unavailable when it cannot be read or changes its size
    // meanwhile.
    Result<void> add(const std::string& path, const std::filesystem::path& source);
    // The end; without it the file cannot be opened.
    Result<void> finish();
    std::uint64_t files() const { return files_; }

private:
    ArchiveWriter(std::ofstream out, crypto::SealingStream stream, std::filesystem::path file)
        : out_(std::move(out)), stream_(std::move(stream)), file_(std::move(file)) {}
    Result<void> put(ByteView bytes);
    Result<void> write(ByteView bytes);

    std::ofstream out_;
    crypto::SealingStream stream_;
    std::filesystem::path file_;
    Bytes waiting_;
    std::uint64_t files_ = 0;
};

// What stands in clear. Errors name the file; they are those of parse_header and not_found.
Result<Header> read_header(const std::filesystem::path& file);

struct Opened {
    Header header;
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;  // of the files
};
// Decrypts everything into the sink. invalid: another key, no backup; corrupt: damaged, cut off, with chunks
// swapped or added. What the sink got before an error must not be used.
Result<Opened> open_archive(const std::filesystem::path& file, const crypto::BoxKeys& keys, const Sink& sink);

}  // namespace maru::backup
