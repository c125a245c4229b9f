// The folder of an organisation that is being made: nobody else's, and gone again unless it is kept.
#pragma once

#include <optional>
#include <vector>

#include "organisation/folder.hpp"
#include "organisation/folder_lock.hpp"

namespace maru::registers {

class NewFolder {
public:
    // Makes the folder, owner-only, unless it is there and empty, and locks it. conflict when it holds an
    // organisation or anything else; nothing is touched then.
    static Result<NewFolder> claim(const Folder& folder, std::chrono::milliseconds patience);
    NewFolder(NewFolder&& other) noexcept;
    NewFolder& operator=(NewFolder&&) = delete;
    ~NewFolder();  // removes what was made since, unless it is kept

    // For whom opens the organisation meanwhile.
    Result<FolderLock> lock() const { return lock_->again(); }
    void keep() { kept_ = true; }

private:
    NewFolder(Folder folder, std::vector<std::filesystem::path> made)
        : folder_(std::move(folder)), made_(std::move(made)) {}
    void remove_everything() const;

    Folder folder_;
    std::vector<std::filesystem::path> made_;  // folders that were not there, the innermost first
    std::optional<FolderLock> lock_;
    bool kept_ = false;
};

}  // namespace maru::registers
