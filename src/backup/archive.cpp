#include "backup/archive.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "core/causes.hpp"
#include "crypto/hash.hpp"

namespace maru::backup {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> cannot_write(const fs::path& file) {
    const Text cause = cause_of(errno);
    return fail(
        ErrorKind::unavailable,
        {fmt::format("{}: 書けません（{}）。空き容量と権限を確かめてください。", file.string(), cause.ja),
         fmt::format("{}: cannot be written ({}); check free space and permissions", file.string(),
                     cause.en)});
}

std::unexpected<Error> cannot_read(const fs::path& file) {
    const Text cause = cause_of(errno);
    return fail(ErrorKind::unavailable, {fmt::format("{}: 読めません（{}）。", file.string(), cause.ja),
                                         fmt::format("{}: cannot be read ({})", file.string(), cause.en)});
}

std::unexpected<Error> changes(const fs::path& file) {
    return fail(
        ErrorKind::unavailable,
        {fmt::format("{}: 読んでいる間に変わりました。もう一度バックアップしてください。", file.string()),
         fmt::format("{}: changed while it was read; make the backup again", file.string())});
}

std::unexpected<Error> damaged_at(std::uint64_t chunk) {
    return fail(
        ErrorKind::corrupt,
        {fmt::format("{} 番目の区画（64 KiB ごと）が壊れているか、書き換えられています。別のバックアップ"
                     "を使ってください。",
                     chunk + 1),
         fmt::format("chunk {} (of 64 KiB each) is damaged or was changed; use another backup", chunk + 1)});
}

std::unexpected<Error> damaged_at_end(std::uint64_t chunk) {
    return fail(
        ErrorKind::corrupt,
        {fmt::format(
             "最後の区画（{} 番目）が壊れているか、途中で切れています。別のバックアップを使ってください。",
             chunk + 1),
         fmt::format("its last chunk ({}) is damaged or cut off; use another backup", chunk + 1)});
}

std::unexpected<Error> damaged_key() {
    return fail(ErrorKind::corrupt, {"見出しの後ろの暗号鍵が壊れています。別のバックアップを使ってください。",
                                     "the sealed key behind its header is damaged; use another backup"});
}

std::unexpected<Error> unusable_name(const fs::path& file) {
    return fail(
        ErrorKind::invalid,
        {fmt::format("{}: この名前のファイルはバックアップできません。英数字の名前に変えるか、"
                     "組織のフォルダの外に移してください。",
                     file.string()),
         fmt::format("{}: a file of this name cannot be backed up; rename it with letters and digits, "
                     "or move it out of the organisation's folder",
                     file.string())});
}

std::unexpected<Error> cut_off() {
    return fail(ErrorKind::corrupt, {"バックアップが途中で切れています。別のバックアップを使ってください。",
                                     "the backup is cut off; use another one"});
}

std::unexpected<Error> continued() {
    return fail(ErrorKind::corrupt,
                {"終わりの後ろに余分なデータがあります。別のバックアップを使ってください。",
                 "something follows its end; use another backup"});
}

std::unexpected<Error> other_key(const Header& header, const crypto::BoxKeys& keys) {
    const std::string mine = key_id(keys.public_key);
    return fail(
        ErrorKind::invalid,
        {fmt::format("鍵が違います。このバックアップの鍵は {}、指定された鍵は {} です。", header.key, mine),
         fmt::format("another key: the backup is encrypted to {}, the key given is {}", header.key, mine)});
}

// What chunks are bound to: everything before them.
Hash bound_to(std::string_view header) { return crypto::sha256(as_bytes(header)); }

Result<std::string> beginning_of(std::ifstream& in) {
    std::string beginning(magic.size() + longest_header + 1, '\0');
    in.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    beginning.resize(static_cast<std::size_t>(in.gcount()));
    in.clear();
    return beginning;
}

Result<std::ifstream> open_for_reading(const fs::path& file) {
    std::error_code error;
    if (!fs::exists(file, error))
        return fail(ErrorKind::not_found, {"ファイルがありません。", "no such file"});
    if (!fs::is_regular_file(file, error))
        return fail(ErrorKind::invalid, {"ファイルではありません。", "this is no file"});
    std::ifstream in(file, std::ios::binary);
    if (!in) return cannot_read(file);
    return in;
}

Result<Bytes> read_up_to(std::ifstream& in, std::size_t count) {
    Bytes bytes(count);
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(count));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    if (in.bad()) return fail(ErrorKind::unavailable, {"読めません。", "cannot be read"});
    return bytes;
}

// Full chunks follow one another; the last one says that it is the last, and nothing follows.
Result<void> unpack(std::ifstream& in, crypto::OpeningStream& stream, Unpacker& unpacker) {
    constexpr std::size_t whole = chunk_size + crypto::chunk_overhead;
    Bytes chunk = TRY(read_up_to(in, whole));
    for (std::uint64_t number = 0;; ++number) {
        if (chunk.empty()) return cut_off();
        Bytes next;
        if (chunk.size() == whole) next = TRY(read_up_to(in, whole));
        const auto opened = stream.pull(chunk);
        if (!opened) return next.empty() ? damaged_at_end(number) : damaged_at(number);
        if (opened->kind == crypto::Chunk::last && !next.empty()) return continued();
        TRY(unpacker.take(opened->bytes));
        if (opened->kind == crypto::Chunk::last) return unpacker.finish();
        chunk = std::move(next);
    }
}

Result<Opened> open_stream(std::ifstream& in, const crypto::BoxKeys& keys, const Sink& sink) {
    const std::string beginning = TRY(beginning_of(in));
    const ParsedHeader parsed = TRY(parse_header(beginning));
    if (parsed.header.key != key_id(keys.public_key)) return other_key(parsed.header, keys);
    in.seekg(static_cast<std::streamoff>(parsed.length));
    const Bytes preface = TRY(read_up_to(in, crypto::stream_preface));
    if (preface.size() < crypto::stream_preface) return cut_off();
    auto stream = crypto::OpeningStream::begin(
        preface, keys, bound_to(std::string_view(beginning).substr(0, parsed.length)));
    if (!stream) return damaged_key();
    Opened out{parsed.header, 0, 0};
    Sink counting = sink;
    counting.bytes = [&](ByteView bytes) {
        out.bytes += bytes.size();
        return sink.bytes(bytes);
    };
    Unpacker unpacker(std::move(counting));
    TRY(unpack(in, *stream, unpacker));
    out.files = unpacker.files();
    return out;
}

}  // namespace

Result<ArchiveWriter> ArchiveWriter::open(const fs::path& file, const Header& header,
                                          const Hash& public_key) {
    std::ofstream out(file, std::ios::binary | std::ios::in | std::ios::out | std::ios::trunc);
    if (!out) return cannot_write(file);
    const std::string text = to_text(header);
    crypto::SealingStream stream(public_key, bound_to(text));
    const Bytes preface = stream.preface();
    ArchiveWriter writer(std::move(out), std::move(stream), file);
    TRY(writer.write(as_bytes(text)));
    TRY(writer.write(preface));
    return writer;
}

Result<void> ArchiveWriter::write(ByteView bytes) {
    out_.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return out_ ? Result<void>() : cannot_write(file_);
}

// A full chunk is written only when something follows it, so that the last one is never empty for nothing.
Result<void> ArchiveWriter::put(ByteView bytes) {
    while (!bytes.empty()) {
        if (waiting_.size() == chunk_size) {
            TRY(write(stream_.push(waiting_, crypto::Chunk::more)));
            waiting_.clear();
        }
        const std::size_t count = std::min(bytes.size(), chunk_size - waiting_.size());
        waiting_.insert(waiting_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
        bytes = bytes.subspan(count);
    }
    return {};
}

Result<void> ArchiveWriter::add(const std::string& path, const fs::path& source) {
    if (!is_safe_path(path)) return unusable_name(source);
    std::error_code error;
    const std::uintmax_t size = fs::file_size(source, error);
    std::ifstream in(source, std::ios::binary);
    if (error || !in) return cannot_read(source);
    TRY(put(as_bytes(file_line(path, size))));
    crypto::Hasher hasher;
    std::uintmax_t left = size;
    while (left > 0) {
        const Bytes part =
            TRY(read_up_to(in, static_cast<std::size_t>(std::min<std::uintmax_t>(left, chunk_size))));
        if (part.empty()) return changes(source);
        hasher.add(part);
        TRY(put(part));
        left -= part.size();
    }
    if (in.peek() != std::ifstream::traits_type::eof()) return changes(source);
    TRY(put(hasher.finish()));
    ++files_;
    return {};
}

Result<void> ArchiveWriter::finish() {
    TRY(put(as_bytes(end_line(files_))));
    TRY(write(stream_.push(waiting_, crypto::Chunk::last)));
    out_.close();
    return out_ ? Result<void>() : cannot_write(file_);
}

Result<Header> read_header(const fs::path& file) {
    auto in = open_for_reading(file);
    if (!in) return std::unexpected(prefixed(file.string(), in.error()));
    auto parsed = parse_header(TRY(beginning_of(*in)));
    if (!parsed) return std::unexpected(prefixed(file.string(), parsed.error()));
    return parsed->header;
}

Result<Opened> open_archive(const fs::path& file, const crypto::BoxKeys& keys, const Sink& sink) {
    auto in = open_for_reading(file);
    if (!in) return std::unexpected(prefixed(file.string(), in.error()));
    auto opened = open_stream(*in, keys, sink);
    if (!opened) return std::unexpected(prefixed(file.string(), opened.error()));
    return opened;
}

}  // namespace maru::backup
