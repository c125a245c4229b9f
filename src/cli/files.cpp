#include "cli/files.hpp"

#include <fmt/core.h>

#include <fstream>
#include <iterator>

namespace maru::cli {

std::unexpected<Error> cannot_write(const std::filesystem::path& file) {
    return fail(ErrorKind::unavailable,
                {fmt::format("{} に書けません。フォルダと空き容量を確かめてください。", file.string()),
                 fmt::format("cannot write {}; look at the folder and the free space.", file.string())});
}

Result<void> write_file(const std::filesystem::path& file, std::string_view content) {
    std::ofstream stream(file, std::ios::binary);
    stream << content;
    stream.close();
    if (!stream) return cannot_write(file);
    return {};
}

Result<Bytes> read_file(const std::filesystem::path& file) {
    // A device or pipe may never end.
    constexpr std::uintmax_t largest = 256ULL << 20;
    std::error_code error;
    if (std::filesystem::exists(file, error) &&
        (!std::filesystem::is_regular_file(file, error) || std::filesystem::file_size(file, error) > largest))
        return fail(
            ErrorKind::invalid,
            {file.string() +
                 " は通常のファイルではないか、256 MiB を超えています。別のファイルを指定してください。",
             file.string() + " is not a regular file, or larger than 256 MiB; give another file."});
    std::error_code ignored;
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file, ignored))
        return fail(ErrorKind::not_found,
                    {fmt::format("ファイル {} を開けません。場所と権限を確かめてください。", file.string()),
                     fmt::format("cannot open the file {}; check its path and permissions.", file.string())});
    return Bytes{std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace maru::cli
