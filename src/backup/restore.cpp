#include "backup/restore.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "backup/archive.hpp"
#include "backup/aside.hpp"
#include "core/causes.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "ledger/verify_stored.hpp"
#include "store/files.hpp"

namespace maru::backup {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> cannot_write(const fs::path& file, int error) {
    const Text cause = cause_of(error);
    return fail(
        ErrorKind::unavailable,
        {fmt::format("{}: 書けません（{}）。空き容量と権限を確かめてください。", file.string(), cause.ja),
         fmt::format("{}: cannot be written ({}); check free space and permissions", file.string(),
                     cause.en)});
}

// Writes the files of a backup below a folder. A name that comes twice is refused: files are only made.
class Extraction {
public:
    explicit Extraction(fs::path folder) : folder_(std::move(folder)) {}
    Extraction(const Extraction&) = delete;
    Extraction& operator=(const Extraction&) = delete;
    ~Extraction() { close(); }

    Sink sink() {
        return {[this](const std::string& path, std::uint64_t) { return begin(path); },
                [this](ByteView bytes) { return write(bytes); },
                [this]() -> Result<void> {
                    if (::fsync(descriptor_) != 0) return cannot_write(file_, errno);
                    close();
                    return {};
                }};
    }

private:
    Result<void> begin(const std::string& path) {
        close();
        file_ = folder_ / path;
        TRY(store::make_folder(file_.parent_path(), store::Access::owner_only));
        descriptor_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        return descriptor_ < 0 ? cannot_write(file_, errno) : Result<void>();
    }
    Result<void> write(ByteView bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return cannot_write(file_, errno);
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return {};
    }
    void close() {
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = -1;
    }

    fs::path folder_;
    fs::path file_;
    int descriptor_ = -1;
};

std::unexpected<Error> is_another() {
    return fail(ErrorKind::corrupt,
                {"中の変更記録簿が見出し（件数・ルート・名前）と一致しません。別のバックアップ"
                 "を使ってください。",
                 "the ledger inside is not the one that its header tells of (size, root, "
                 "name); use another backup"});
}

Result<std::uint64_t> verify(const fs::path& folder, const Header& header) {
    auto reader = TRY(store::Database::open(folder / "maru.db", store::OpenMode::read_only));
    const ledger::VerifiedDatabase verified = TRY(ledger::verify_stored(reader));
    const auto key = TRY(ledger::log_key(reader));
    if (std::cmp_not_equal(verified.state.size, header.entries) || verified.state.root != header.root ||
        !key || key->name != header.origin)
        return is_another();
    return verified.checkpoints;
}

Result<void> expect_free(const fs::path& folder) {
    std::error_code error;
    if (fs::exists(fs::symlink_status(folder, error)))
        return fail(ErrorKind::conflict,
                    {fmt::format("{} は既にあります。復元は新しいフォルダにだけ行います。", folder.string()),
                     fmt::format("{} is there already; restore into a new folder", folder.string())});
    const fs::path parent = fs::absolute(folder).parent_path();
    if (fs::is_directory(parent, error)) return {};
    return fail(ErrorKind::not_found, {fmt::format("フォルダ {} がありません。", parent.string()),
                                       fmt::format("there is no folder {}", parent.string())});
}

// As rename(2), but never over something.
Result<void> give_name(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0)
        return cannot_write(to, errno);
    return store::sync_folder(to.parent_path());
}

}  // namespace

Result<Restored> extract(const fs::path& file, const crypto::BoxKeys& keys, const fs::path& folder) {
    Opened opened;
    {
        Extraction extraction(folder);
        opened = TRY(open_archive(file, keys, extraction.sink()));
    }
    const auto checkpoints = verify(folder, opened.header);
    if (!checkpoints) return std::unexpected(prefixed(file.string(), checkpoints.error()));
    return Restored{opened.header, opened.files, opened.bytes, *checkpoints};
}

Result<Restored> restore(const fs::path& file, const crypto::BoxKeys& keys, const fs::path& given,
                         const Random& random) {
    const fs::path folder = fs::absolute(given.filename().empty() ? given.parent_path() : given);
    TRY(expect_free(folder));
    TRY(read_header(file));
    const fs::path workshop = folder.parent_path() / ("." + folder.filename().string() + ".restoring");
    auto restored = [&]() -> Result<Restored> {
        const Aside aside = TRY(Aside::make(workshop, random));
        const fs::path draft = aside.path() / "organisation";
        TRY(store::make_folder(draft, store::Access::owner_only));
        Restored done = TRY(extract(file, keys, draft));
        TRY(store::make_folder(draft / "blobs", store::Access::owner_only));
        TRY(give_name(draft, folder));
        return done;
    }();
    std::error_code ignored;
    fs::remove(workshop / "aside" / "lock", ignored);
    fs::remove(workshop / "aside", ignored);  // fails while another restore is at work
    fs::remove(workshop, ignored);
    return restored;
}

}  // namespace maru::backup
