#include "organisation/folder_lock.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <thread>

#include "core/causes.hpp"

namespace maru::registers {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> cannot_open(const fs::path& file, int error) {
    const Text why = cause_of(error);
    return fail(ErrorKind::unavailable,
                {fmt::format("{} に書き込めません（{}）。フォルダの権限と空き容量を確かめてください。",
                             file.string(), why.ja),
                 fmt::format("cannot write {}: {}; check the folder's permissions and free space",
                             file.string(), why.en)});
}

std::string holder_of(int descriptor) {
    std::array<char, 24> text{};
    const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
    std::string digits;
    for (ssize_t i = 0;
         i < size && text[static_cast<std::size_t>(i)] >= '0' && text[static_cast<std::size_t>(i)] <= '9';
         ++i)
        digits += text[static_cast<std::size_t>(i)];
    return digits.empty() ? "?" : digits;
}

std::unexpected<Error> held(const fs::path& folder, int descriptor) {
    const std::string holder = holder_of(descriptor);
    return fail(
        ErrorKind::unavailable,
        {fmt::format("{} は別の maru（プロセス {}）が書き込み中です。終わってからもう一度実行してください。",
                     folder.string(), holder),
         fmt::format("another maru (process {1}) is writing to {0}; try again when it has finished",
                     folder.string(), holder)});
}

// Whose lock it is, for the message of the one that waits; a failure to write it does no harm.
void write_holder(int descriptor) {
    const std::string text = fmt::format("{}\n", ::getpid());
    if (::ftruncate(descriptor, 0) == 0) (void)!::pwrite(descriptor, text.data(), text.size(), 0);
}

}  // namespace

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(file_, other.file_);
    return *this;
}

Result<FolderLock> FolderLock::again() const {
    FolderLock same(::fcntl(descriptor_, F_DUPFD_CLOEXEC, 0), file_);
    if (same.descriptor_ < 0) return cannot_open(file_, errno);
    return same;
}

Result<void> FolderLock::wait(std::chrono::milliseconds& patience) const {
    constexpr std::chrono::milliseconds pause(20);
    while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) return cannot_open(file_, errno);
        if (patience <= std::chrono::milliseconds::zero()) return held(file_.parent_path(), descriptor_);
        std::this_thread::sleep_for(pause);
        patience -= pause;
    }
    return {};
}

// False when the file was removed while we waited for it: then nobody else finds this lock.
bool FolderLock::is_current() const {
    struct stat ours{};
    struct stat there{};
    return ::fstat(descriptor_, &ours) == 0 && ::stat(file_.c_str(), &there) == 0 &&
           ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

Result<FolderLock> FolderLock::take(const fs::path& folder, std::chrono::milliseconds patience) {
    const fs::path file = folder / "lock";
    for (;;) {
        FolderLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600), file);
        if (lock.descriptor_ < 0) return cannot_open(file, errno);
        TRY(lock.wait(patience));
        if (!lock.is_current()) continue;
        write_holder(lock.descriptor_);
        return lock;
    }
}

}  // namespace maru::registers
