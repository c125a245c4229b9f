// The parts of an Office file (a zip archive). What is inflated is counted as it comes out, never as it is
// declared.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace maru::registers {

class Archive {
public:
    // `bytes` must outlive the archive. At most `budget` bytes are inflated from it altogether.
    static Result<Archive> open(std::string_view bytes, std::uint64_t budget);

    // not_found when there is no such part. `visit` may stop by returning an error.
    Result<void> stream(const std::string& part, const std::function<Result<void>(std::string_view)>& visit);
    Result<std::string> read(const std::string& part);

private:
    struct Closer {
        void operator()(void* archive) const;
    };
    Archive(void* archive, std::uint64_t budget) : archive_(archive), budget_(budget), left_(budget) {}

    std::unique_ptr<void, Closer> archive_;
    std::uint64_t budget_;
    std::uint64_t left_;
};

}  // namespace maru::registers
