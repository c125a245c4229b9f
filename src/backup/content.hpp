// What lies in the encrypted stream: files one after the other, and how many they were.
//   file <size> <path>\n  bytes  SHA-256 (32 bytes)      … as often as there are files
//   end <number of files>\n
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "crypto/hasher.hpp"

namespace maru::backup {

inline constexpr std::size_t longest_path = 200;  // bytes

// A path may only name something below the folder that is restored: parts of letters, digits, "-", "_" and
// ".", none beginning with ".", at most four.
bool is_safe_path(std::string_view path);

std::string file_line(std::string_view path, std::uint64_t size);
std::string end_line(std::uint64_t files);

// Where the files of a stream go.
struct Sink {
    std::function<Result<void>(const std::string& path, std::uint64_t size)> begin;
    std::function<Result<void>(ByteView)> bytes;
    std::function<Result<void>()> end;  // only when the bytes have their hash
};

// Reads the stream in pieces of any size.
class Unpacker {
public:
    explicit Unpacker(Sink sink) : sink_(std::move(sink)) {}
    // corrupt names the file that does not match; invalid a path that leads elsewhere; errors of the sink.
    Result<void> take(ByteView bytes);
    // corrupt unless the end was reached.
    Result<void> finish() const;
    std::uint64_t files() const { return files_; }

private:
    enum class State { line, body, hash, done };
    Result<void> take_line(ByteView& bytes);
    Result<void> understand(std::string_view line);
    Result<void> take_body(ByteView& bytes);
    Result<void> take_hash(ByteView& bytes);

    Sink sink_;
    State state_ = State::line;
    std::string line_;
    std::string path_;
    std::uint64_t left_ = 0;
    std::uint64_t files_ = 0;
    crypto::Hasher hasher_;
    Bytes hash_;
};

}  // namespace maru::backup
