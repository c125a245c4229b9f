#include "organisation/folder_lock.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <thread>

namespace maru::registers {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> cannot_open(const fs::path& file, int error) {
    const std::string why = std::generic_category().message(error);
    return fail(ErrorKind::unavailable,
                {fmt::format("{} に書き込めません（{}）。フォルダーの権限と空き容量を確かめてください。",
                             file.string(), why),
                 fmt::format("cannot write {}: {}; check the folder's permissions and free space",
                             file.string(), why)});
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

Result<FolderLock> FolderLock::take(const fs::path& folder, std::chrono::milliseconds patience) {
    const fs::path file = folder / "lock";
    FolderLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.descriptor_ < 0) return cannot_open(file, errno);
    constexpr std::chrono::milliseconds pause(20);
    while (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) return cannot_open(file, errno);
        if (patience <= std::chrono::milliseconds::zero()) return held(folder, lock.descriptor_);
        std::this_thread::sleep_for(pause);
        patience -= pause;
    }
    write_holder(lock.descriptor_);
    return lock;
}

}  // namespace maru::registers
