#include "backup/content.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/text.hpp"

namespace maru::backup {

namespace {

constexpr std::size_t most_parts = 4;
constexpr std::string_view file_word = "file ";
constexpr std::string_view end_word = "end ";
constexpr std::size_t longest_line = file_word.size() + 20 + 1 + longest_path;

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
}

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc() || end != text.data() + text.size() || std::to_string(out) != text)
        return std::nullopt;
    return out;
}

std::unexpected<Error> malformed() {
    return fail(ErrorKind::corrupt,
                {"バックアップの中の目次が壊れています。別のバックアップを使ってください。",
                 "the list of files inside is damaged; use another backup"});
}

std::unexpected<Error> leads_elsewhere(std::string_view path) {
    return fail(
        ErrorKind::invalid,
        {fmt::format("バックアップの中のパス「{}」は使えません。maru が作ったものではありません。", path),
         fmt::format("the path \"{}\" inside is not allowed; maru did not make this", path)});
}

std::string_view first(ByteView bytes, std::size_t count) {
    return {reinterpret_cast<const char*>(bytes.data()), count};
}

}  // namespace

bool is_safe_path(std::string_view path) {
    if (path.empty() || path.size() > longest_path) return false;
    const std::vector<std::string> parts = split(path, '/');
    return parts.size() <= most_parts && std::ranges::all_of(parts, [](const std::string& part) {
               return !part.empty() && part.front() != '.' && std::ranges::all_of(part, is_plain);
           });
}

std::string file_line(std::string_view path, std::uint64_t size) {
    return fmt::format("{}{} {}\n", file_word, size, path);
}

std::string end_line(std::uint64_t files) { return fmt::format("{}{}\n", end_word, files); }

Result<void> Unpacker::take(ByteView bytes) {
    while (!bytes.empty() || (state_ == State::body && left_ == 0)) {
        switch (state_) {
            case State::line: TRY(take_line(bytes)); break;
            case State::body: TRY(take_body(bytes)); break;
            case State::hash: TRY(take_hash(bytes)); break;
            case State::done: return malformed();
        }
    }
    return {};
}

Result<void> Unpacker::finish() const {
    if (state_ == State::done) return {};
    return fail(ErrorKind::corrupt, {"バックアップが途中で終わっています。別のバックアップを使ってください。",
                                     "it ends in the middle; use another backup"});
}

Result<void> Unpacker::take_line(ByteView& bytes) {
    const auto* end = std::ranges::find(bytes, std::uint8_t{'\n'}).base();
    const auto count = static_cast<std::size_t>(end - bytes.data());
    if (line_.size() + count > longest_line) return malformed();
    line_ += first(bytes, count);
    if (count == bytes.size()) {
        bytes = {};
        return {};
    }
    bytes = bytes.subspan(count + 1);
    const std::string line = std::exchange(line_, {});
    return understand(line);
}

Result<void> Unpacker::understand(std::string_view line) {
    if (line.starts_with(end_word)) {
        if (number(line.substr(end_word.size())) != files_) return malformed();
        state_ = State::done;
        return {};
    }
    if (!line.starts_with(file_word)) return malformed();
    line.remove_prefix(file_word.size());
    const std::size_t space = std::min(line.find(' '), line.size());
    const auto size = number(line.substr(0, space));
    if (!size || space == line.size()) return malformed();
    path_ = line.substr(space + 1);
    if (!is_safe_path(path_)) return leads_elsewhere(path_);
    left_ = *size;
    state_ = State::body;
    return sink_.begin(path_, *size);
}

Result<void> Unpacker::take_body(ByteView& bytes) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
    const ByteView part = bytes.first(count);
    bytes = bytes.subspan(count);
    left_ -= count;
    hasher_.add(part);
    if (count > 0) TRY(sink_.bytes(part));
    if (left_ == 0) {
        state_ = State::hash;
        hash_.clear();
    }
    return {};
}

Result<void> Unpacker::take_hash(ByteView& bytes) {
    const std::size_t count = std::min(sizeof(Hash) - hash_.size(), bytes.size());
    hash_.insert(hash_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
    bytes = bytes.subspan(count);
    if (hash_.size() < sizeof(Hash)) return {};
    if (!std::ranges::equal(hasher_.finish(), hash_))
        return fail(ErrorKind::corrupt, {fmt::format("バックアップの中の {} が壊れています。", path_),
                                         fmt::format("{} inside it is damaged", path_)});
    ++files_;
    state_ = State::line;
    return sink_.end();
}

}  // namespace maru::backup
