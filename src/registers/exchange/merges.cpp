#include "exchange/merges.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "exchange/messages.hpp"

namespace maru::registers {

namespace {

struct Range {
    std::size_t column = 0, first_row = 0, last_row = 0;
};

std::size_t row_of(std::string_view cell) {
    const std::size_t digits = std::min(cell.find_first_of("0123456789"), cell.size());
    std::size_t row = 0;
    std::from_chars(cell.data() + digits, cell.data() + cell.size(), row);
    return row;
}

std::optional<Range> range_of(std::string_view written) {
    const std::size_t colon = written.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const Range range{.column = column_of(written),
                      .first_row = row_of(written),
                      .last_row = row_of(written.substr(colon + 1))};
    if (range.column == 0 || range.first_row == 0 || range.last_row > most_rows) return std::nullopt;
    return range;
}

// Takes the next ref="…" of a mergeCell off the front; nullopt at the end.
std::optional<std::string_view> next_merge(std::string_view& tail) {
    constexpr std::string_view name = "mergeCell ", reference = "ref=";
    const std::size_t element = tail.find(name);
    if (element == std::string_view::npos) return std::nullopt;
    tail.remove_prefix(element + name.size());
    const std::string_view inside = tail.substr(0, tail.find('>'));
    const std::size_t at = inside.find(reference);
    if (at == std::string_view::npos || at + reference.size() >= inside.size()) return std::string_view{};
    const std::string_view quoted = inside.substr(at + reference.size());
    return quoted.substr(1, quoted.find(quoted.front(), 1) - 1);
}

// The number of bytes that were filled in.
std::uint64_t fill_range(Table& table, const Range& range) {
    const auto& numbers = table.row_numbers;
    const auto first = std::ranges::lower_bound(numbers, range.first_row);
    if (range.column > table.headings.size() || first == numbers.end() || *first != range.first_row) return 0;
    const auto source = static_cast<std::size_t>(first - numbers.begin());
    const std::string value = table.rows[source][range.column - 1];
    std::uint64_t filled = 0;
    for (std::size_t row = source + 1; row < numbers.size() && numbers[row] <= range.last_row; ++row) {
        std::string& cell = table.rows[row][range.column - 1];
        filled += value.size() + 1;
        if (cell.empty()) cell = value;
    }
    return filled;
}

}  // namespace

std::size_t column_of(std::string_view cell) {
    std::size_t column = 0;
    for (std::size_t i = 0; i < cell.size() && i < 3 && cell[i] >= 'A' && cell[i] <= 'Z'; ++i)
        column = column * 26 + static_cast<std::size_t>(cell[i] - 'A' + 1);
    return column;
}

Result<void> fill_merges(Table& table, std::string_view tail, const ReadLimits& limits) {
    std::uint64_t filled = 0;
    for (auto written = next_merge(tail); written; written = next_merge(tail)) {
        if (const auto range = range_of(*written)) filled += fill_range(table, *range);
        if (filled > limits.inflated_bytes)
            return fail(ErrorKind::invalid, too_much_text(limits.inflated_bytes));
    }
    return {};
}

}  // namespace maru::registers
