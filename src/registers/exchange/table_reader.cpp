#include <fmt/core.h>

#include "registers/exchange.hpp"
#include "store/files.hpp"

namespace maru::registers {

Result<Table> parse_table(std::string_view bytes, FileFormat format, const ReadLimits& limits) {
    switch (format) {
        case FileFormat::csv: return parse_delimited(bytes, ',', limits);
        case FileFormat::tsv: return parse_delimited(bytes, '\t', limits);
        case FileFormat::xlsx: return parse_xlsx(bytes, limits);
    }
    return fail(ErrorKind::internal, {"形式が不明です。", "unknown format"});
}

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
    const Bytes bytes = TRY(store::read_file(file, limits.file_bytes));
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    auto table = parse_table(text, format, limits);
    if (!table) return std::unexpected(prefixed(file.filename().string(), std::move(table).error()));
    return table;
}

}  // namespace maru::registers
