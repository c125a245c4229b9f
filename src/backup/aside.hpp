// A folder for plain copies while a backup is made or tried: for the owner only, inside the organisation's
// folder, and gone afterwards, also after a crash.
#pragma once

#include <filesystem>

#include "core/bytes.hpp"

namespace maru::backup {

class Aside {
public:
    // `folder`/aside/<random>. Destroys what crashed processes have left there first.
    static Result<Aside> make(const std::filesystem::path& folder, const Random& random);
    Aside(Aside&& other) noexcept;
    Aside& operator=(Aside&&) = delete;
    ~Aside();  // overwrites and removes everything in it
    const std::filesystem::path& path() const { return path_; }

    // Destroys what crashed processes have left; for the start of a server. Errors are ignored: the next one
    // tries again.
    static void clear(const std::filesystem::path& folder);

private:
    Aside(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
    std::filesystem::path path_;
    int lock_;  // flock on path_/lock: somebody is at work here
};

// Overwrites the files below a folder and removes it.
void destroy_folder(const std::filesystem::path& folder);

}  // namespace maru::backup
