#include "exchange/table_builder.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "exchange/messages.hpp"

namespace maru::registers {

namespace {

bool is_blank(const std::string& cell) { return trim(cell).empty(); }

}  // namespace

Result<void> TableBuilder::check(std::size_t row_number, const std::vector<std::string>& cells) {
    cells_ += cells.size();
    if (cells_ > limits_.cells) return at_row(row_number, too_many_cells(limits_.cells));
    for (std::size_t column = 0; column < cells.size(); ++column) {
        if (cells[column].size() > limits_.cell_bytes)
            return at_row(row_number, cell_too_large(column + 1, limits_.cell_bytes));
        if (!is_utf8(cells[column]))
            return at_row(row_number, {"UTF-8 として読めない文字があります。", "not valid UTF-8"});
        text_bytes_ += cells[column].size();
    }
    if (text_bytes_ > limits_.inflated_bytes)
        return at_row(row_number, too_much_text(limits_.inflated_bytes));
    return {};
}

// As many cells as headings; of what stands beyond them only the first.
std::vector<std::string> TableBuilder::fitted(std::vector<std::string> cells) const {
    const std::size_t width = table_.headings.size();
    const auto start = cells.begin() + static_cast<std::ptrdiff_t>(std::min(width, cells.size()));
    const auto beyond = std::ranges::find_if_not(start, cells.end(), is_blank);
    std::string extra = beyond == cells.end() ? "" : std::move(*beyond);
    cells.resize(width);
    if (!extra.empty()) cells.push_back(std::move(extra));
    cells.shrink_to_fit();
    return cells;
}

Result<void> TableBuilder::add(std::size_t row_number, std::vector<std::string> cells) {
    TRY(check(row_number, cells));
    if (std::ranges::all_of(cells, is_blank)) return {};
    if (!table_.headings.empty()) {
        table_.rows.push_back(fitted(std::move(cells)));
        table_.row_numbers.push_back(row_number);
        return {};
    }
    while (is_blank(cells.back())) cells.pop_back();
    table_.headings = std::move(cells);
    return {};
}

}  // namespace maru::registers
