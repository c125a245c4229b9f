#include "organisation/folder.hpp"

#include <fmt/core.h>

#include <system_error>

#include "core/causes.hpp"

namespace maru::registers {

namespace {

namespace fs = std::filesystem;

}  // namespace

bool Folder::holds_organisation() const {
    std::error_code ignored;
    const auto size = fs::file_size(database(), ignored);
    return !ignored && size > 0;
}

Result<void> expect_organisation(const Folder& folder) {
    if (folder.holds_organisation()) return {};
    const std::string path = folder.path.string();
    std::error_code ignored;
    if (fs::exists(folder.database(), ignored))
        return fail(
            ErrorKind::not_found,
            {"maru.db が空で、組織のデータではありません。場所を確かめるか、バックアップから戻してください。",
             "maru.db is empty, so this is no organisation; check the path, or restore a backup"});
    return fail(
        ErrorKind::not_found,
        {fmt::format(
             "{} に組織のデータ（maru.db）がありません。場所を確かめるか、maru init {} で作ってください。",
             path, path),
         fmt::format("{} holds no organisation (maru.db); check the path, or make one with maru init {}",
                     path, path)});
}

Result<void> make_folder(const fs::path& path) {
    std::error_code error;
    const bool fresh = fs::create_directories(path, error);
    if (!error && fresh) fs::permissions(path, fs::perms::owner_all, error);
    if (!error) return {};
    return fail(ErrorKind::unavailable,
                {fmt::format("フォルダ {} を作れません（{}）。場所・権限・空き容量を確かめてください。",
                             path.string(), cause_of(error.value()).ja),
                 fmt::format("cannot make the folder {}: {}; check its place, permissions and free space",
                             path.string(), cause_of(error.value()).en)});
}

Result<void> make_folders(const Folder& folder) {
    TRY(make_folder(folder.path));
    TRY(make_folder(folder.keys()));
    return make_folder(folder.blobs());
}

}  // namespace maru::registers
