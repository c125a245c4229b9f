#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "exchange/archive.hpp"
#include "exchange/elements.hpp"
#include "exchange/merges.hpp"
#include "exchange/messages.hpp"
#include "exchange/table_builder.hpp"
#include "exchange/workbook.hpp"
#include "exchange/xml_text.hpp"

namespace maru::registers {

namespace {

Text damaged_cell(std::string_view what) {
    return {fmt::format("セルを読めません（{}）。ファイルを保存し直してください。", what),
            fmt::format("a cell cannot be read ({}); save the file again", what)};
}

Text error_cell(std::size_t column, std::string_view value) {
    const std::string letters = column_letters(column);
    return {fmt::format("{}列がエラー値 {} です。数式を直してから取り込んでください。", letters, value),
            fmt::format("column {} holds the error {}; mend the formula first", letters, value)};
}

std::size_t index_of(std::string_view text) {
    std::size_t number = std::string_view::npos;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// "2026-11-23T00:00:00" of a date cell as "2026-11-23", other times with a space.
std::string iso_cell(std::string text) {
    if (text.ends_with("T00:00:00") || text.ends_with("T00:00:00Z")) return text.substr(0, text.find('T'));
    std::ranges::replace(text, 'T', ' ');
    return text;
}

class SheetReader {
public:
    SheetReader(const Workbook& workbook, const ReadLimits& limits) : workbook_(workbook), builder_(limits) {}

    Result<void> add(std::string& piece) {
        pugi::xml_document document;
        TRY(parse_xml(document, piece, workbook_.sheet));
        for (const pugi::xml_node& row : document.children())
            if (local_name(row.name()) == "row") TRY(add_row(row));
        return {};
    }

    Table take() { return builder_.take(); }

private:
    Result<void> add_row(const pugi::xml_node& row) {
        const std::string_view written = attribute(row, "r");
        const std::size_t number = written.empty() ? row_ + 1 : index_of(written);
        if (number <= row_ || number > most_rows) return at_row(row_ + 1, damaged_cell(written));
        row_ = number;
        std::vector<std::string> cells;
        for (const pugi::xml_node& cell : row.children())
            if (local_name(cell.name()) == "c") TRY(add_cell(cells, cell));
        return builder_.add(row_, std::move(cells));
    }

    Result<void> add_cell(std::vector<std::string>& cells, const pugi::xml_node& cell) {
        const std::string_view written = attribute(cell, "r");
        const std::size_t column = written.empty() ? cells.size() + 1 : column_of(written);
        if (column == 0 || column > most_columns) return at_row(row_, damaged_cell(written));
        std::string text = TRY(text_of(cell, column));
        if (text.empty()) return {};
        if (cells.size() < column) cells.resize(column);
        cells[column - 1] = std::move(text);
        return {};
    }

    Result<std::string> text_of(const pugi::xml_node& cell, std::size_t column) const {
        const std::string_view type = attribute(cell, "t");
        if (type == "inlineStr") return rich_text(child(cell, "is"));
        std::string value = child(cell, "v").text().get();
        if (value.empty()) return value;
        if (type == "s") return shared(value);
        if (type == "str") return unescape_xstring(value);
        if (type == "b") return std::string(value == "0" ? "false" : "true");
        if (type == "d") return iso_cell(value);
        if (type == "e") return at_row(row_, error_cell(column, value));
        const std::size_t style = index_of(attribute(cell, "s"));
        const NumberFormat format =
            style < workbook_.formats.size() ? workbook_.formats[style] : NumberFormat{};
        return show_number(value, format, workbook_.epoch);
    }

    Result<std::string> shared(const std::string& value) const {
        const std::size_t index = index_of(value);
        if (index >= workbook_.strings.size()) return at_row(row_, damaged_cell(value));
        return workbook_.strings[index];
    }

    const Workbook& workbook_;
    TableBuilder builder_;
    std::size_t row_ = 0;
};

}  // namespace

Result<Table> parse_xlsx(std::string_view bytes, const ReadLimits& limits) {
    Archive archive = TRY(Archive::open(bytes, limits.inflated_bytes));
    const Workbook workbook = TRY(read_workbook(archive, limits));
    SheetReader reader(workbook, limits);
    Elements elements("sheetData", "row", piece_limit(limits),
                      [&](std::string& piece) { return reader.add(piece); });
    TRY(archive.stream(workbook.sheet, [&](std::string_view chunk) { return elements.feed(chunk); }));
    TRY(elements.finish());
    Table table = reader.take();
    TRY(fill_merges(table, elements.tail(), limits));
    return table;
}

}  // namespace maru::registers
