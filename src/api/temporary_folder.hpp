// A folder for what can only be written to a path; gone, with its files, at the end of its scope.
#pragma once

#include <filesystem>

#include "core/result.hpp"

namespace maru::api {

class TemporaryFolder {
public:
    // For the owner only (mkdtemp(3)).
    static Result<TemporaryFolder> make();
    TemporaryFolder(TemporaryFolder&& other) noexcept;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;
    ~TemporaryFolder();
    const std::filesystem::path& path() const { return path_; }

private:
    explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

}  // namespace maru::api
