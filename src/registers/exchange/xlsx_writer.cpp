#include <fmt/core.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <memory>

#include "core/causes.hpp"
#include "exchange/merges.hpp"
#include "exchange/messages.hpp"
#include "registers/exchange.hpp"
#include "store/files.hpp"

namespace maru::registers {

namespace {

constexpr std::size_t longest_cell = 32767;  // characters, a limit of xlsx
constexpr std::size_t longest_name = 31;
constexpr std::size_t rows_measured = 200;
constexpr std::time_t fixed_creation = 946'684'800;  // 2000-01-01: the same table gives the same bytes

struct Closer {
    void operator()(lxw_workbook* workbook) const { workbook_close(workbook); }
};
using OpenWorkbook = std::unique_ptr<lxw_workbook, Closer>;

std::string sheet_name(std::string_view wanted) {
    std::string name;
    std::size_t length = 0;
    for (const char c : wanted) {
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++length > longest_name) break;
        name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : '_';
    }
    return name.empty() ? "1" : name;
}

double column_width(const Table& table, std::size_t column) {
    std::size_t width = display_width(table.headings[column]) + 3;  // room for the filter's arrow
    for (std::size_t row = 0; row < std::min(rows_measured, table.rows.size()); ++row)
        if (column < table.rows[row].size())
            width = std::max(width, display_width(table.rows[row][column].substr(0, 240)) + 1);
    return static_cast<double>(std::min<std::size_t>(width, 60));
}

// A literal "_x0041_" would be read as an escape: its underscore is escaped (ECMA-376 part 1, 22.9.2.19).
std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape =
            i + 6 < text.size() && text[i] == '_' && text[i + 1] == 'x' && text[i + 6] == '_' &&
            text.substr(i + 2, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
        if (escape) out += "_x005F";
        out += text[i];
    }
    return out;
}

Result<void> write_cell(lxw_worksheet* sheet, std::size_t row, std::size_t column, const std::string& text) {
    if (text.empty()) return {};
    if (code_points(text) > longest_cell)
        return at_row(
            row + 1,
            {fmt::format("{}列が {} 文字を超えています。xlsx では書けません。CSV で書き出してください。",
                         column_letters(column + 1), longest_cell),
             fmt::format("column {} is longer than the {} characters of an xlsx cell; export as CSV",
                         column_letters(column + 1), longest_cell)});
    const auto error = worksheet_write_string(sheet, static_cast<lxw_row_t>(row),
                                              static_cast<lxw_col_t>(column), escaped(text).c_str(), nullptr);
    if (error == LXW_NO_ERROR) return {};
    return at_row(
        row + 1,
        {fmt::format("xlsx に書けません（誤り {}）。CSV で書き出してください。", static_cast<int>(error)),
         fmt::format("cannot be written to xlsx ({}); export as CSV", lxw_strerror(error))});
}

void lay_out(lxw_workbook* workbook, lxw_worksheet* sheet, const Table& table) {
    lxw_format* const bold = workbook_add_format(workbook);
    format_set_bold(bold);
    const auto last_column = static_cast<lxw_col_t>(table.headings.size() - 1);
    const auto last_row = static_cast<lxw_row_t>(table.rows.size());
    for (lxw_col_t column = 0; column <= last_column; ++column)
        worksheet_set_column(sheet, column, column, column_width(table, column), nullptr);
    worksheet_set_row(sheet, 0, LXW_DEF_ROW_HEIGHT, bold);
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_autofilter(sheet, 0, 0, last_row, last_column);
    const std::string all =
        fmt::format("A1:{}{}", column_letters(table.headings.size()), table.rows.size() + 1);
    worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, all.c_str());
}

Result<void> write_sheet(lxw_workbook* workbook, const std::string& name, const Table& table) {
    if (table.rows.size() >= most_rows || table.headings.size() > most_columns)
        return fail(ErrorKind::invalid, {"xlsx のシートに入りきりません。CSV で書き出してください。",
                                         "the table does not fit into an xlsx sheet; export as CSV"});
    if (workbook_validate_sheet_name(workbook, sheet_name(name).c_str()) != LXW_NO_ERROR)
        return fail(ErrorKind::invalid, {fmt::format("シート名「{}」は使えません。", name),
                                         fmt::format("the sheet name “{}” cannot be used", name)});
    lxw_worksheet* const sheet = workbook_add_worksheet(workbook, sheet_name(name).c_str());
    if (!table.headings.empty()) lay_out(workbook, sheet, table);
    for (std::size_t column = 0; column < table.headings.size(); ++column)
        TRY(write_cell(sheet, 0, column, table.headings[column]));
    for (std::size_t row = 0; row < table.rows.size(); ++row)
        for (std::size_t column = 0; column < table.rows[row].size(); ++column)
            TRY(write_cell(sheet, row + 1, column, table.rows[row][column]));
    return {};
}

// What the library says is English, and mostly means that the disk is full.
Text cause_of_library(lxw_error error) {
    if (error == LXW_ERROR_CREATING_TMPFILE || error == LXW_ERROR_READING_TMPFILE)
        return {"一時ファイルを使えません", "no temporary file"};
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED) return {"メモリが足りません", "out of memory"};
    return {fmt::format("xlsx の誤り {}", static_cast<int>(error)), lxw_strerror(error)};
}

Error not_written(const std::string& file, const Text& why) {
    return {.kind = ErrorKind::unavailable,
            .message = {
                fmt::format("{}: 書き込めません（{}）。空き容量と権限を確かめてください。", file, why.ja),
                fmt::format("{}: cannot be written ({}); check free space and permissions", file, why.en)}};
}

Result<void> write_draft(const std::string& draft, const std::string& file,
                         const std::vector<std::pair<std::string, Table>>& sheets) {
    errno = 0;  // tried first, because the library prints its own words when it fails
    if (!std::ofstream(draft, std::ios::binary)) return std::unexpected(not_written(file, cause_of(errno)));
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    OpenWorkbook workbook(workbook_new_opt(draft.c_str(), &options));
    if (!workbook) return fail(ErrorKind::unavailable, {"xlsx を作れません。", "cannot make the xlsx"});
    lxw_doc_properties properties{};
    properties.created = fixed_creation;
    workbook_set_properties(workbook.get(), &properties);
    for (const auto& [name, table] : sheets) TRY(write_sheet(workbook.get(), name, table));
    const auto error = workbook_close(workbook.release());
    if (error == LXW_NO_ERROR) return {};
    return std::unexpected(not_written(file, cause_of_library(error)));
}

}  // namespace

Result<void> write_xlsx(const std::filesystem::path& file,
                        const std::vector<std::pair<std::string, Table>>& sheets) {
    return store::replace_file(file, [&](const std::filesystem::path& draft) {
        return write_draft(draft.string(), file.string(), sheets);
    });
}

}  // namespace maru::registers
