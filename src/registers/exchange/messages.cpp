#include "exchange/messages.hpp"

#include <fmt/core.h>

namespace maru::registers {

std::unexpected<Error> at_row(std::size_t row, const Text& message) {
    return fail(ErrorKind::invalid,
                {fmt::format("{}行目: {}", row, message.ja), fmt::format("row {}: {}", row, message.en)});
}

Text too_many_cells(std::uint64_t limit) {
    return {fmt::format("セルが {} 個を超えています。ファイルを分けてください。", limit),
            fmt::format("more than {} cells; split the file", limit)};
}

Text cell_too_large(std::size_t column, std::uint64_t limit) {
    const std::string letters = column_letters(column);
    return {fmt::format(
                "{}列のセルが {} バイトを超えています。閉じていない引用符（\"）がないか確かめてください。",
                letters, limit),
            fmt::format(
                "the cell in column {} is larger than {} bytes; look for a quotation mark that is not closed",
                letters, limit)};
}

Text too_much_text(std::uint64_t limit) {
    return {fmt::format("展開すると {} バイトを超えます。ファイルを分けてください。", limit),
            fmt::format("the content is larger than {} bytes when it is unpacked; split the file", limit)};
}

std::string column_letters(std::size_t column) {
    std::string letters;
    for (; column > 0; column = (column - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
    return letters;
}

}  // namespace maru::registers
