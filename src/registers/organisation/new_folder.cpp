#include "organisation/new_folder.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "core/text.hpp"

namespace maru::registers {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t named_at_most = 3;

// Left behind by a process that is making the organisation, or by the file system itself.
bool is_nothing(const fs::path& name) { return name == "lock" || name == "lost+found"; }

std::vector<std::string> contents(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
        if (!is_nothing(entry.path().filename())) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

std::unexpected<Error> holds_one_already(const fs::path& folder) {
    const std::string path = folder.string();
    return fail(ErrorKind::conflict,
                {fmt::format("{} には既に組織のデータがあります。別のフォルダを指定してください。", path),
                 fmt::format("{} holds an organisation already; name another folder", path)});
}

std::unexpected<Error> holds_other_things(const fs::path& folder, std::vector<std::string> names) {
    const bool more = names.size() > named_at_most;
    names.resize(std::min(names.size(), named_at_most));
    const std::string path = folder.string();
    return fail(
        ErrorKind::conflict,
        {fmt::format("{} は空のフォルダではありません（{}{}）。空のフォルダか、まだない名前（例: "
                     "{}）を指定してください。",
                     path, join(names, "、"), more ? " など" : "", (folder / "maru").string()),
         fmt::format(
             "the folder {} is not empty ({}{}); name an empty one or one that is not there yet, such "
             "as {}",
             path, join(names, ", "), more ? ", …" : "", (folder / "maru").string())});
}

Result<void> expect_nothing_in(const Folder& folder) {
    std::error_code ignored;
    const auto status = fs::status(folder.path, ignored);
    if (fs::exists(status) && !fs::is_directory(status))
        return fail(ErrorKind::conflict, {fmt::format("{} はファイルです。フォルダの名前を指定してください。",
                                                      folder.path.string()),
                                          fmt::format("{} is a file; name a folder", folder.path.string())});
    if (folder.holds_organisation()) return holds_one_already(folder.path);
    std::vector<std::string> names = contents(folder.path);
    if (!names.empty()) return holds_other_things(folder.path, std::move(names));
    return {};
}

// Another process may be at work here: its lock is there before anything else.
bool may_be_in_the_making(const Folder& folder) {
    std::error_code ignored;
    const auto is_part = [&](const std::string& name) {
        return name == folder.keys().filename() || name == folder.blobs().filename() ||
               name.starts_with(folder.database().filename().string());
    };
    return !folder.holds_organisation() && std::ranges::all_of(contents(folder.path), is_part) &&
           fs::is_regular_file(folder.path / "lock", ignored);
}

std::vector<fs::path> missing_folders(fs::path path) {
    std::vector<fs::path> missing;
    std::error_code ignored;
    for (; !path.empty() && !fs::exists(path, ignored); path = path.parent_path()) missing.push_back(path);
    return missing;
}

}  // namespace

Result<NewFolder> NewFolder::claim(const Folder& folder, std::chrono::milliseconds patience) {
    if (!may_be_in_the_making(folder)) TRY(expect_nothing_in(folder));
    NewFolder made(folder, missing_folders(folder.path));
    // From here on only what is locked is removed, but folders that stayed empty go in any case.
    TRY(make_folder(folder.path));
    made.lock_ = TRY(FolderLock::take(folder.path, patience));
    if (const Result<void> still_nothing = expect_nothing_in(folder); !still_nothing) {
        made.keep();  // somebody else was first: it is theirs
        return std::unexpected(still_nothing.error());
    }
    return made;
}

NewFolder::NewFolder(NewFolder&& other) noexcept
    : folder_(std::move(other.folder_)),
      made_(std::move(other.made_)),
      lock_(std::move(other.lock_)),
      kept_(std::exchange(other.kept_, true)) {}

NewFolder::~NewFolder() {
    if (kept_) return;
    if (lock_) remove_everything();
    std::error_code ignored;
    for (const fs::path& path : made_) fs::remove(path, ignored);
}

void NewFolder::remove_everything() const {
    std::error_code ignored;
    for (const std::string& name : contents(folder_.path)) fs::remove_all(folder_.path / name, ignored);
    fs::remove(folder_.path / "lock", ignored);  // last: whoever waits for it finds an empty folder
}

}  // namespace maru::registers
