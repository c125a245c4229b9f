#include "api/temporary_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>

#include "core/causes.hpp"

namespace maru::api {

Result<TemporaryFolder> TemporaryFolder::make() {
    std::error_code ignored;
    std::string name = (std::filesystem::temp_directory_path(ignored) / "maru-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) return TemporaryFolder(name);
    const Text cause = cause_of(errno);
    return fail(ErrorKind::unavailable,
                {"一時フォルダを作れません: " + cause.ja, "cannot make a temporary folder: " + cause.en});
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace maru::api
