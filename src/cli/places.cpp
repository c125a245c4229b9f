#include "cli/places.hpp"

namespace maru::cli {

bool is_bucket(const std::string& written) { return written.starts_with("s3://"); }

Written split_place(const std::string& backup) {
    const std::size_t slash = backup.rfind('/');
    if (slash == std::string::npos) return {".", backup};
    return {backup.substr(0, slash + 1), backup.substr(slash + 1)};
}

Result<std::unique_ptr<backup::Place>> place_of(const std::string& written, const Bucket&) {
    return backup::open_folder(written);
}

}  // namespace maru::cli
