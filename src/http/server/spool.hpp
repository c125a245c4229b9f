// A large body on its way to a file, which goes with this object.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace maru::http {

class Spool {
public:
    Spool() = default;
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;
    ~Spool() { remove(); }

    bool is_open() const { return descriptor_ >= 0; }
    // unavailable: the folder cannot be written, or the disk is full.
    Result<void> open(const std::filesystem::path& folder);
    Result<void> append(std::string_view bytes);
    void close();
    void remove();
    const std::filesystem::path& path() const { return path_; }

private:
    int descriptor_ = -1;
    std::filesystem::path path_;
};

}  // namespace maru::http
