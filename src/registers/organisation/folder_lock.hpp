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
    FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace maru::registers
