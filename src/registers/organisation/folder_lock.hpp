// One writing process per organisation folder.
#pragma once

#include <chrono>
#include <filesystem>
#include <utility>

#include "core/result.hpp"

namespace maru::registers {

// Holds `folder`/lock (flock(2)) until it is destroyed; the kernel lets go of it when the process dies.
class FolderLock {
public:
    // Waits for another process for at most `patience`, then unavailable, naming its process number.
    static Result<FolderLock> take(const std::filesystem::path& folder, std::chrono::milliseconds patience);
    // The same lock once more: it is held until the last one goes. unavailable when no file can be opened.
    Result<FolderLock> again() const;
    FolderLock(FolderLock&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)), file_(std::move(other.file_)) {}
    FolderLock& operator=(FolderLock&& other) noexcept;
    ~FolderLock();

private:
    FolderLock(int descriptor, std::filesystem::path file)
        : descriptor_(descriptor), file_(std::move(file)) {}
    Result<void> wait(std::chrono::milliseconds& patience) const;
    bool is_current() const;

    int descriptor_;
    std::filesystem::path file_;
};

}  // namespace maru::registers
