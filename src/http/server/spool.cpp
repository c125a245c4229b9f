#include "server/spool.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <system_error>
#include <utility>

namespace maru::http {

namespace {

std::unexpected<Error> cannot_write(const std::filesystem::path& path) {
    const std::string reason = std::generic_category().message(errno);
    return fail(ErrorKind::unavailable,
                {"受信した内容を " + path.string() + " に書けません（" + reason + "）。",
                 "what was received cannot be written to " + path.string() + " (" + reason + ")"});
}

}  // namespace

Result<void> Spool::open(const std::filesystem::path& folder) {
    const auto parent = folder.empty() ? std::filesystem::temp_directory_path() : folder;
    std::string name = (parent / "maru-body-XXXXXX").string();
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);  // for its owner only
    if (descriptor_ < 0) return cannot_write(parent);
    path_ = std::move(name);
    return {};
}

Result<void> Spool::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return cannot_write(path_);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

void Spool::close() {
    if (is_open()) ::close(std::exchange(descriptor_, -1));
}

void Spool::remove() {
    close();
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
    path_.clear();
}

}  // namespace maru::http
