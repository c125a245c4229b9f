#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "registers/erasure.hpp"
#include "store/files.hpp"

namespace maru::registers {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece = 8u << 20;

void add_unit(std::string& out, char32_t unit, bool big_endian) {
    const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xff);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
}

// Well-formed UTF-8 as UTF-16.
std::string utf16(std::string_view utf8, bool big_endian) {
    std::string out;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        char32_t code = length == 1 ? lead : lead & (0x7fu >> length);
        for (std::size_t i = 1; i < length && at + i < utf8.size(); ++i)
            code = code << 6 | (static_cast<unsigned char>(utf8[at + i]) & 0x3fu);
        at += length;
        if (code < 0x10000) {
            add_unit(out, code, big_endian);
        } else {
            add_unit(out, 0xd800 + ((code - 0x10000) >> 10), big_endian);
            add_unit(out, 0xdc00 + ((code - 0x10000) & 0x3ff), big_endian);
        }
    }
    return out;
}

struct Pattern {
    std::string bytes;
    std::size_t word;
};

std::vector<Pattern> patterns_of(const std::vector<std::string>& words) {
    std::vector<Pattern> out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        out.push_back({words[i], i});
        out.push_back({utf16(words[i], true), i});
        out.push_back({utf16(words[i], false), i});
    }
    return out;
}

class Reader {
public:
    explicit Reader(const fs::path& file)
        : number_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) {}
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader() {
        if (number_ >= 0) ::close(number_);
    }
    bool is_open() const { return number_ >= 0; }
    // Bytes read, 0 at the end.
    std::size_t read(char* into, std::size_t size) const {
        const ssize_t got = ::read(number_, into, size);
        return got > 0 ? static_cast<std::size_t>(got) : 0;
    }

private:
    int number_;
};

// Piece by piece, with what a pattern could straddle carried over.
std::set<std::size_t> words_in(const Reader& file, const std::vector<Pattern>& patterns,
                               std::uint64_t& bytes) {
    std::size_t longest = 1;
    for (const Pattern& pattern : patterns) longest = std::max(longest, pattern.bytes.size());
    std::set<std::size_t> found;
    std::string buffer(piece + longest, '\0');
    std::size_t kept = 0;
    while (const std::size_t got = file.read(buffer.data() + kept, piece)) {
        bytes += got;
        const std::size_t size = kept + got;
        for (const Pattern& pattern : patterns)
            if (!found.contains(pattern.word) &&
                ::memmem(buffer.data(), size, pattern.bytes.data(), pattern.bytes.size()) != nullptr)
                found.insert(pattern.word);
        kept = std::min(longest - 1, size);
        std::memmove(buffer.data(), buffer.data() + size - kept, kept);
    }
    return found;
}

}  // namespace

Result<Residue> find_residue(const fs::path& folder, const std::vector<std::string>& words) {
    Residue out;
    const std::vector<Pattern> patterns = patterns_of(words);
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        if (!at->is_regular_file(ignored) || at->is_symlink(ignored)) continue;
        const Reader file(at->path());
        if (!file.is_open()) {
            out.unread.push_back(at->path());
            continue;
        }
        ++out.files;
        for (const std::size_t word : words_in(file, patterns, out.bytes))
            out.places.push_back({at->path(), words[word]});
    }
    if (!error) return out;
    return fail(ErrorKind::unavailable, {folder.string() + ": 読めません（" + error.message() + "）。",
                                         folder.string() + ": cannot be read (" + error.message() + ")"});
}

}  // namespace maru::registers
