#include "store/files.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <set>
#include <system_error>
#include <utility>

#include "core/causes.hpp"

namespace maru::store {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> cannot(const char* ja, const char* en, const fs::path& file, int error) {
    const Text cause = cause_of(error);
    return fail(ErrorKind::unavailable,
                {fmt::format("{}: {}（{}）。空き容量と権限を確かめてください。", file.string(), ja, cause.ja),
                 fmt::format("{}: {} ({}); check free space and permissions", file.string(), en, cause.en)});
}

std::unexpected<Error> cannot_write(const fs::path& file, int error) {
    return cannot("書けません", "cannot be written", file, error);
}

constexpr mode_t bits_of(Access access) { return access == Access::owner_only ? 0600 : 0644; }

class Descriptor {
public:
    Descriptor(const fs::path& path, int flags, mode_t bits = 0)
        : number_(::open(path.c_str(), flags | O_CLOEXEC, bits)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    bool is_open() const { return number_ >= 0; }
    int number() const { return number_; }
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
    bool write_zeros(std::size_t size) const {
        const Bytes zeros(std::min(size, std::size_t{1} << 16));
        while (size > 0) {
            const std::size_t part = std::min(size, zeros.size());
            if (!write_all(ByteView(zeros).first(part))) return false;
            size -= part;
        }
        return true;
    }

private:
    int number_;
};

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : "."; }

// Its own name for every writer, so that two at a time do not mix their bytes.
fs::path draft_of(const fs::path& file) {
    static std::atomic<unsigned> count = 0;
    return folder_of(file) / fmt::format(".{}.{}-{}", file.filename().string(), ::getpid(), ++count);
}

fs::path batch_draft_of(const fs::path& file) { return file.string() + ".new"; }

Result<void> write_draft(const fs::path& draft, const fs::path& of, ByteView bytes, Access access) {
    const Descriptor opened(draft, O_WRONLY | O_CREAT | O_EXCL, bits_of(access));
    if (!opened.is_open() || !opened.write_all(bytes) || !opened.sync()) return cannot_write(of, errno);
    return {};
}

Result<void> rename_draft(const fs::path& draft, const fs::path& file) {
    if (::rename(draft.c_str(), file.c_str()) != 0) return cannot_write(file, errno);
    return {};
}

Result<void> replace_with(const fs::path& file, const std::function<Result<void>(const fs::path&)>& write) {
    const fs::path draft = draft_of(file);
    Result<void> done = write(draft);
    if (done) done = rename_draft(draft, file);
    if (!done) {
        std::error_code ignored;
        fs::remove(draft, ignored);
        return done;
    }
    return sync_folder(folder_of(file));
}

std::unexpected<Error> no_such_file(const fs::path& file) {
    return fail(ErrorKind::not_found,
                {fmt::format("{}: ファイルがありません。場所を確かめてください。", file.string()),
                 fmt::format("{}: no such file; check the path", file.string())});
}

std::unexpected<Error> too_large(const fs::path& file, std::uintmax_t limit) {
    return fail(ErrorKind::invalid,
                {fmt::format("{}: {} バイトを超えています。小さく分けてください。", file.string(), limit),
                 fmt::format("{}: larger than {} bytes; split it", file.string(), limit)});
}

std::unexpected<Error> unsuitable(const fs::path& file, mode_t mode) {
    if (S_ISDIR(mode))
        return fail(ErrorKind::invalid,
                    {fmt::format("{}: フォルダです。ファイルを指定してください。", file.string()),
                     fmt::format("{}: this is a folder; name a file", file.string())});
    return fail(
        ErrorKind::invalid,
        {fmt::format(
             "{}: 通常のファイルではありません（パイプや装置）。ファイルに保存してから指定してください。",
             file.string()),
         fmt::format("{}: no regular file but a pipe or device; save it to a file first", file.string())});
}

Result<Bytes> read_all(int descriptor, std::size_t size, const fs::path& file) {
    Bytes bytes(size);
    std::size_t have = 0;
    while (have < size) {
        const ssize_t got = ::read(descriptor, bytes.data() + have, size - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return cannot("読めません", "cannot be read", file, errno);
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

}  // namespace

// O_NONBLOCK: a pipe that somebody put there must not keep us waiting.
Result<Bytes> read_file(const fs::path& file, std::uintmax_t limit) {
    const Descriptor opened(file, O_RDONLY | O_NONBLOCK);
    if (!opened.is_open() && (errno == ENOENT || errno == ENOTDIR)) return no_such_file(file);
    struct stat found{};
    if (!opened.is_open() || ::fstat(opened.number(), &found) != 0)
        return cannot("読めません", "cannot be read", file, errno);
    if (!S_ISREG(found.st_mode)) return unsuitable(file, found.st_mode);
    if (std::cmp_greater(found.st_size, limit)) return too_large(file, limit);
    return read_all(opened.number(), static_cast<std::size_t>(found.st_size), file);
}

Result<void> replace_file(const fs::path& file, ByteView bytes, Access access) {
    return replace_with(file, [&](const fs::path& draft) { return write_draft(draft, file, bytes, access); });
}

Result<void> replace_file(const fs::path& file, const std::function<Result<void>(const fs::path&)>& write) {
    return replace_with(file, [&](const fs::path& draft) -> Result<void> {
        TRY(write(draft));
        const Descriptor written(draft, O_RDONLY);
        if (!written.is_open() || !written.sync()) return cannot_write(file, errno);
        return {};
    });
}

Result<void> destroy_file(const fs::path& file) {
    {
        const Descriptor opened(file, O_WRONLY | O_NOFOLLOW | O_NONBLOCK);
        struct stat found{};
        if (!opened.is_open() || ::fstat(opened.number(), &found) != 0 || !S_ISREG(found.st_mode) ||
            !opened.write_zeros(static_cast<std::size_t>(found.st_size)) || !opened.sync())
            return cannot_write(file, errno);
    }
    std::error_code error;
    fs::remove(file, error);
    if (error) return cannot("消せません", "cannot be removed", file, error.value());
    return sync_folder(folder_of(file));
}

Result<void> make_folder(const fs::path& folder, Access access) {
    std::error_code error;
    if (folder.empty() || fs::is_directory(folder, error)) return {};
    TRY(make_folder(folder.parent_path(), access));
    const mode_t bits = access == Access::owner_only ? 0700 : 0755;
    if (::mkdir(folder.c_str(), bits) != 0 && errno != EEXIST)
        return cannot("フォルダを作れません", "cannot make the folder", folder, errno);
    return sync_folder(folder_of(folder));
}

Result<void> sync_folder(const fs::path& folder) {
    const Descriptor opened(folder, O_RDONLY | O_DIRECTORY);
    if (!opened.is_open() || !opened.sync())
        return cannot("フォルダを保存できません", "cannot sync the folder", folder, errno);
    return {};
}

Result<void> FileBatch::add(const fs::path& file, ByteView bytes) {
    TRY(make_folder(folder_of(file), Access::readable));
    const fs::path draft = batch_draft_of(file);
    const Descriptor opened(draft, O_WRONLY | O_CREAT | O_TRUNC, bits_of(Access::readable));
    if (!opened.is_open() || !opened.write_all(bytes)) return cannot_write(draft, errno);
    files_.push_back(file);
    return {};
}

// syncfs(2) reports the errors of all files (Linux 5.8); one of them stands for their file system.
Result<void> FileBatch::commit() {
    if (files_.empty()) return {};
    const fs::path first = batch_draft_of(files_.front());
    const Descriptor anyone(first, O_RDONLY);
    if (!anyone.is_open() || ::syncfs(anyone.number()) != 0) return cannot_write(first, errno);
    std::set<fs::path> folders;
    for (const fs::path& file : files_) {
        TRY(rename_draft(batch_draft_of(file), file));
        folders.insert(folder_of(file));
    }
    for (const fs::path& folder : folders) TRY(sync_folder(folder));
    files_.clear();
    return {};
}

Result<FileLock> FileLock::wait(const fs::path& file) {
    FileLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.descriptor_ < 0) return cannot_write(file, errno);
    while (::flock(lock.descriptor_, LOCK_EX) != 0)
        if (errno != EINTR) return cannot("ロックできません", "cannot be locked", file, errno);
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace maru::store
