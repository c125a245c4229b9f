#include <fmt/core.h>

#include <fstream>

#include "registers/exchange.hpp"

namespace maru::registers {

namespace {

Result<std::string> read_file(const std::filesystem::path& file, std::uint64_t limit) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status))
        return fail(ErrorKind::not_found, {"ファイルがありません。", "there is no such file"});
    if (std::filesystem::is_directory(status))
        return fail(ErrorKind::invalid,
                    {"フォルダーです。ファイルを指定してください。", "this is a folder; name a file"});
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail(ErrorKind::unavailable, {"ファイルを開けません。読み取りの権限を確かめてください。",
                                             "cannot open the file; check your permission to read it"});
    std::string bytes;
    std::string chunk(1 << 20, '\0');
    while (in && bytes.size() <= limit) {
        in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        bytes.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
    }
    if (in.bad())
        return fail(ErrorKind::unavailable,
                    {"ファイルを最後まで読めませんでした。", "the file could not be read to its end"});
    if (bytes.size() <= limit) return bytes;
    return fail(ErrorKind::invalid,
                {fmt::format("ファイルが {} バイトを超えています。分けてください。", limit),
                 fmt::format("the file is larger than {} bytes; split it", limit)});
}

Result<Table> read_any(const std::filesystem::path& file, FileFormat format, const ReadLimits& limits) {
    const std::string bytes = TRY(read_file(file, limits.file_bytes));
    switch (format) {
        case FileFormat::csv: return parse_delimited(bytes, ',', limits);
        case FileFormat::tsv: return parse_delimited(bytes, '\t', limits);
        case FileFormat::xlsx: return parse_xlsx(bytes, limits);
    }
    return fail(ErrorKind::internal, {"形式が不明です。", "unknown format"});
}

}  // namespace

Result<FileFormat> format_of(const std::filesystem::path& file) {
    std::string extension = file.extension().string();
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    if (extension == ".csv") return FileFormat::csv;
    if (extension == ".tsv" || extension == ".txt") return FileFormat::tsv;
    if (extension == ".xlsx") return FileFormat::xlsx;
    return fail(
        ErrorKind::invalid,
        {fmt::format("{}: 読み書きできるのは .csv、.tsv、.xlsx です。その形式で保存し直してください。",
                     file.filename().string()),
         fmt::format("{}: .csv, .tsv and .xlsx are known; save it as one of these",
                     file.filename().string())});
}

Result<Table> read_table(const std::filesystem::path& file, FileFormat format, const ReadLimits& limits) {
    auto table = read_any(file, format, limits);
    if (!table) return std::unexpected(prefixed(file.filename().string(), std::move(table).error()));
    return table;
}

}  // namespace maru::registers
