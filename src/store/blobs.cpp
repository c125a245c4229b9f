#include "store/blobs.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

#include "crypto/hash.hpp"

namespace maru::store {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> cannot(const char* ja, const char* en, const fs::path& file, int error) {
    const std::string cause = std::generic_category().message(error);
    return fail(ErrorKind::unavailable,
                {fmt::format("{}: {}（{}）。空き容量と権限を確かめてください。", file.string(), ja, cause),
                 fmt::format("{}: {} ({}); check free space and permissions", file.string(), en, cause)});
}

std::unexpected<Error> damaged(const fs::path& file) {
    return fail(
        ErrorKind::corrupt,
        {fmt::format("{}: 添付ファイルが壊れています。バックアップから復元してください。", file.string()),
         fmt::format("{}: the attachment is damaged; restore it from a backup", file.string())});
}

class Descriptor {
public:
    Descriptor(const fs::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    bool is_open() const { return number_ >= 0; }
    bool sync() const { return ::fsync(number_) == 0; }
    bool write_all(ByteView bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(number_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return false;
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return true;
    }

private:
    int number_;
};

// A new name in a folder is durable only when the folder is.
Result<void> sync_folder(const fs::path& folder) {
    const Descriptor opened(folder, O_RDONLY | O_DIRECTORY);
    if (!opened.is_open() || !opened.sync())
        return cannot("フォルダを保存できません", "cannot sync the folder", folder, errno);
    return {};
}

Result<void> write_durably(const fs::path& file, ByteView bytes) {
    const Descriptor opened(file, O_WRONLY | O_CREAT | O_EXCL);
    if (!opened.is_open() || !opened.write_all(bytes) || !opened.sync())
        return cannot("添付ファイルを書けません", "cannot write the attachment", file, errno);
    return {};
}

Result<void> make_folder(const fs::path& folder) {
    std::error_code error;
    if (!fs::create_directories(folder, error) && !error) return {};
    if (error) return cannot("フォルダを作れません", "cannot make the folder", folder, error.value());
    return sync_folder(folder.parent_path());
}

Result<Bytes> read_all(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return fail(ErrorKind::not_found, {fmt::format("{}: 添付ファイルがありません。", file.string()),
                                           fmt::format("{}: no such attachment", file.string())});
    Bytes bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (stream.bad()) return cannot("添付ファイルを読めません", "cannot read the attachment", file, EIO);
    return bytes;
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
    TRY(make_folder(file.parent_path()));
    if (!contains(name)) {
        std::array<std::uint8_t, 8> unique;
        random_(unique);
        const fs::path draft = file.parent_path() / ("draft-" + hex(unique));
        const Result<void> written = write_durably(draft, crypto::seal(key_, bytes, random_));
        std::error_code error;
        if (written) fs::rename(draft, file, error);
        if (!written || error) {
            std::error_code ignored;
            fs::remove(draft, ignored);
        }
        TRY(written);
        if (error)
            return cannot("添付ファイルの名前を付けられません", "cannot name the attachment", file,
                          error.value());
    }
    TRY(sync_folder(
        file.parent_path()));  // also when it was there: whoever wrote it may have died before this line
    return name;
}

Result<Bytes> Blobs::get(const Hash& sha256) const {
    const fs::path file = path_of(sha256);
    const Bytes sealed = TRY(read_all(file));
    Result<Bytes> plain = crypto::open_sealed(key_, sealed);
    if (!plain || crypto::sha256(*plain) != sha256) return damaged(file);
    return plain;
}

bool Blobs::contains(const Hash& sha256) const {
    std::error_code ignored;
    return fs::is_regular_file(path_of(sha256), ignored);
}

}  // namespace maru::store
