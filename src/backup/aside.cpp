#include "backup/aside.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "core/causes.hpp"
#include "store/files.hpp"

namespace maru::backup {

namespace {

namespace fs = std::filesystem;

fs::path below(const fs::path& folder) { return folder / "aside"; }

int open_lock(const fs::path& place, int flags) {
    return ::open((place / "lock").c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
}

std::unexpected<Error> cannot_make(const fs::path& folder, int error) {
    const Text cause = cause_of(error);
    return fail(ErrorKind::unavailable,
                {fmt::format("作業用のフォルダ {} を作れません（{}）。空き容量と権限を確かめてください。",
                             folder.string(), cause.ja),
                 fmt::format("cannot make the working folder {} ({}); check free space and permissions",
                             folder.string(), cause.en)});
}

// A folder without a lock file is being made or removed right now, or was left by a crash: its maker takes
// the lock of the folder above for that moment.
void clear_one(const fs::path& place) {
    const int lock = open_lock(place, O_CREAT);
    if (lock < 0) return;
    if (::flock(lock, LOCK_EX | LOCK_NB) == 0) destroy_folder(place);
    ::close(lock);
}

}  // namespace

void destroy_folder(const fs::path& folder) {
    std::error_code ignored;
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder, ignored))
        if (entry.is_regular_file(ignored) && !entry.is_symlink(ignored)) files.push_back(entry.path());
    for (const fs::path& file : files) (void)store::destroy_file(file);
    fs::remove_all(folder, ignored);
}

void Aside::clear(const fs::path& folder) {
    std::error_code ignored;
    if (!fs::exists(below(folder), ignored)) return;
    const auto making = store::FileLock::wait(below(folder) / "lock");
    if (!making) return;
    std::vector<fs::path> places;
    for (const auto& entry : fs::directory_iterator(below(folder), ignored))
        if (entry.is_directory(ignored)) places.push_back(entry.path());
    for (const fs::path& place : places) clear_one(place);
}

Result<Aside> Aside::make(const fs::path& folder, const Random& random) {
    TRY(store::make_folder(below(folder), store::Access::owner_only));
    clear(folder);
    const auto making = TRY(store::FileLock::wait(below(folder) / "lock"));
    std::array<std::uint8_t, 8> name{};
    random(name);
    const fs::path place = below(folder) / hex(name);
    TRY(store::make_folder(place, store::Access::owner_only));
    const int lock = open_lock(place, O_CREAT);
    if (lock < 0 || ::flock(lock, LOCK_EX | LOCK_NB) != 0) return cannot_make(place, errno);
    return Aside(place, lock);
}

Aside::Aside(Aside&& other) noexcept : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

Aside::~Aside() {
    if (lock_ < 0) return;
    destroy_folder(path_);
    ::close(lock_);
}

}  // namespace maru::backup
