// Whole files that survive a power loss: what has a name is complete. Errors are unavailable, naming the file
// and the cause, unless said.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace maru::store {

enum class Access { owner_only, readable };  // permissions of a new file: 0600, or 0644 less the umask

// A regular file of at most `limit` bytes. not_found when it is missing, invalid when it is larger or no
// regular file.
Result<Bytes> read_file(const std::filesystem::path& file, std::uintmax_t limit);

// Afterwards the file has these bytes, or after an error or a crash those that it had: temporary file beside
// it, fsync, rename, fsync of the folder. The folder exists.
Result<void> replace_file(const std::filesystem::path& file, ByteView bytes, Access access);
// The same for what can only write to a path: `write` makes the file that it is given.
Result<void> replace_file(const std::filesystem::path& file,
                          const std::function<Result<void>(const std::filesystem::path&)>& write);

// Overwrites a regular file with zeros and removes it, both durably. File systems and disks may keep older
// blocks: what must not be read there was sealed before.
Result<void> destroy_file(const std::filesystem::path& file);

// Makes the folder and those above it that are missing; the new ones are for the owner only, or readable.
Result<void> make_folder(const std::filesystem::path& folder, Access access);

// A new name in a folder is durable only when the folder is.
Result<void> sync_folder(const std::filesystem::path& folder);

// Many new files for the price of a few flushes: they get their names only when the bytes of all of them are
// on the disk. What a crash leaves ends in ".new" and is overwritten by the next attempt.
class FileBatch {
public:
    // Folders are made. The name must not be given twice.
    Result<void> add(const std::filesystem::path& file, ByteView bytes);
    std::size_t size() const { return files_.size(); }
    // Durable, all of them.
    Result<void> commit();

private:
    std::vector<std::filesystem::path> files_;
};

// Holds an advisory lock (flock(2)) on a file, made when missing; the kernel lets go of it when the process
// dies.
class FileLock {
public:
    static Result<FileLock> wait(const std::filesystem::path& file);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace maru::store
