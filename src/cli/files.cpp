#include "cli/files.hpp"

#include <fmt/core.h>

#include <fstream>
#include <iostream>

#include "store/files.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest = 256ULL << 20;

bool is_standard(const fs::path& file) { return file == "-"; }

// A pipe or device: something that cannot be replaced by a file.
bool is_special(const fs::path& file) {
    std::error_code ignored;
    const fs::file_status status = fs::status(file, ignored);
    return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

// The file itself where a symbolic link leads to it.
fs::path target_of(const fs::path& file) {
    std::error_code error;
    const fs::path target = fs::canonical(file, error);
    return error ? file : target;
}

// A file that only its owner could read stays so.
store::Access access_of(const fs::path& file) {
    std::error_code error;
    const fs::perms others =
        fs::status(file, error).permissions() & (fs::perms::group_all | fs::perms::others_all);
    const bool there = fs::exists(file, error);
    return there && others == fs::perms::none ? store::Access::owner_only : store::Access::readable;
}

Result<void> write_special(const fs::path& file, std::string_view content) {
    std::ofstream stream(file, std::ios::binary);
    stream << content;
    stream.close();
    if (!stream) return cannot_write(file);
    return {};
}

}  // namespace

std::unexpected<Error> cannot_write(const fs::path& file) {
    return fail(ErrorKind::unavailable,
                {fmt::format("{} に書けません。フォルダと空き容量を確かめてください。", file.string()),
                 fmt::format("cannot write {}; look at the folder and the free space.", file.string())});
}

Result<void> expect_writable(const fs::path& file, Existing existing) {
    std::error_code error;
    if (fs::is_directory(file, error))
        return fail(ErrorKind::invalid,
                    {fmt::format("{} はフォルダです。ファイルの名前を書いてください。", file.string()),
                     fmt::format("{} is a folder; name a file.", file.string())});
    if (existing == Existing::replaced || !fs::is_regular_file(file, error) ||
        fs::file_size(file, error) == 0)
        return {};
    return fail(ErrorKind::conflict,
                {fmt::format("{} は既にあります。別の名前にするか、置き換えるなら --force を付けてください。",
                             file.string()),
                 fmt::format("{} is there already; choose another name, or replace it with --force.",
                             file.string())});
}

Result<void> expect_folder_of(const fs::path& file) {
    std::error_code ignored;
    const fs::path folder = file.parent_path();
    if (folder.empty() || fs::is_directory(folder, ignored)) return {};
    return fail(ErrorKind::not_found,
                {fmt::format("フォルダ {} がありません。先に作ってください。", folder.string()),
                 fmt::format("there is no folder {}; make it first.", folder.string())});
}

Result<void> expect_regular(const fs::path& file) {
    if (!is_standard(file) && !is_special(file)) return {};
    return fail(ErrorKind::invalid,
                {fmt::format("xlsx は {} には出せません。ファイルの名前を書いてください。", file.string()),
                 fmt::format("an xlsx cannot go to {}; name a file.", file.string())});
}

Result<void> write_file(const fs::path& file, std::string_view content) {
    if (is_special(file)) return write_special(file, content);
    return store::replace_file(target_of(file), as_bytes(content), access_of(file));
}

Result<Bytes> read_file(const fs::path& file) { return store::read_file(file, largest); }

Result<std::string> read_stream(std::istream& in) {
    std::string all;
    std::string chunk(1 << 16, '\0');
    while (in && all.size() <= largest) {
        in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        all.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
    }
    if (all.size() <= largest) return all;
    return fail(ErrorKind::invalid, {"標準入力が 256 MiB を超えています。小さく分けてください。",
                                     "standard input is larger than 256 MiB; split it."});
}

Result<registers::FileFormat> format_of(const std::string& word, const fs::path& file) {
    if (word == "csv") return registers::FileFormat::csv;
    if (word == "tsv") return registers::FileFormat::tsv;
    if (word == "xlsx") return registers::FileFormat::xlsx;
    return is_standard(file) ? registers::FileFormat::csv : registers::format_of(file);
}

Result<registers::Table> read_table(const fs::path& file, const std::string& format) {
    const registers::FileFormat known = TRY(format_of(format, file));
    if (!is_standard(file)) return registers::read_table(file, known);
    auto table = registers::parse_table(TRY(read_stream(std::cin)), known);
    if (!table) return std::unexpected(prefixed("-", std::move(table).error()));
    return table;
}

}  // namespace maru::cli
