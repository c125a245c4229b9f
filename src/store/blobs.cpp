#include "store/blobs.hpp"

#include <fmt/core.h>

#include <system_error>
#include <utility>
#include <vector>

#include "crypto/hash.hpp"
#include "store/files.hpp"

namespace maru::store {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest = std::uintmax_t{4} << 30;

std::unexpected<Error> damaged(const fs::path& file) {
    return fail(
        ErrorKind::corrupt,
        {fmt::format("{}: 添付ファイルが壊れています。バックアップから復元してください。", file.string()),
         fmt::format("{}: the attachment is damaged; restore it from a backup", file.string())});
}

}  // namespace

Blobs::Blobs(std::filesystem::path folder, Bytes key, Random random)
    : folder_(std::move(folder)), key_(std::move(key)), random_(std::move(random)) {}

fs::path Blobs::path_of(const Hash& sha256) const {
    const std::string name = hex(sha256);
    return folder_ / name.substr(0, 2) / name;
}

Result<Hash> Blobs::put(ByteView bytes) {
    const Hash name = crypto::sha256(bytes);
    const fs::path file = path_of(name);
    TRY(make_folder(file.parent_path(), Access::owner_only));
    if (contains(name))
        TRY(sync_folder(file.parent_path()));  // whoever wrote it may have died before this line
    else
        TRY(replace_file(file, crypto::seal(key_, bytes, random_), Access::owner_only));
    return name;
}

Result<Bytes> Blobs::get(const Hash& sha256) const {
    const fs::path file = path_of(sha256);
    const Bytes sealed = TRY(read_file(file, largest));
    Result<Bytes> plain = crypto::open_sealed(key_, sealed);
    if (!plain || crypto::sha256(*plain) != sha256) return damaged(file);
    return plain;
}

Result<void> Blobs::destroy(const Hash& sha256) {
    const fs::path file = path_of(sha256);
    const std::string name = file.filename().string();
    std::vector<fs::path> found;  // also drafts of the same bytes that a crash has left
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(file.parent_path(), ignored)) {
        const std::string other = entry.path().filename().string();
        if (other == name || other.starts_with("." + name)) found.push_back(entry.path());
    }
    for (const fs::path& one : found) TRY(destroy_file(one));
    return {};
}

bool Blobs::contains(const Hash& sha256) const {
    std::error_code ignored;
    return fs::is_regular_file(path_of(sha256), ignored);
}

}  // namespace maru::store
