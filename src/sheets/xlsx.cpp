#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "core/causes.hpp"
#include "sheets/render.hpp"
#include "store/files.hpp"
#include "wording/pick.hpp"

namespace maru::sheets {

namespace {

constexpr std::size_t longest_cell = 32'767;  // characters, of Excel; a longer string is not written at all

std::string cut_to_cell(const std::string& text) {
    if (code_points(text) <= longest_cell) return text;
    const auto is_start = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    std::size_t characters = 0;
    const auto end =
        std::ranges::find_if(text, [&](char c) { return is_start(c) && ++characters == longest_cell; });
    return std::string(text.begin(), end) + "…";
}

void write_text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& text,
                lxw_format* format) {
    worksheet_write_string(sheet, row, column, cut_to_cell(text).c_str(), format);
}

// "&" begins a code in headers and footers.
std::string footer_text(const std::string& text) {
    std::string out;
    for (const char c : text) out.append(c == '&' ? 2 : 1, c);
    return out;
}

struct Formats {
    lxw_format* heading;
    lxw_format* area;
    lxw_format* text;
    lxw_format* centre;
};

lxw_format* bordered(lxw_workbook* book) {
    lxw_format* format = workbook_add_format(book);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_font_name(format, "Yu Gothic");
    format_set_font_size(format, 10);
    return format;
}

Formats make_formats(lxw_workbook* book) {
    Formats formats{bordered(book), bordered(book), bordered(book), bordered(book)};
    format_set_bold(formats.heading);
    format_set_bg_color(formats.heading, 0xE8E6DF);
    format_set_align(formats.heading, LXW_ALIGN_CENTER);
    format_set_align(formats.area, LXW_ALIGN_VERTICAL_TOP);
    format_set_align(formats.centre, LXW_ALIGN_CENTER);
    return formats;
}

void set_up_print(lxw_worksheet* sheet, const std::string& footer) {
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9);  // A4
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_set_footer(sheet, footer.c_str());
}

void write_line(lxw_worksheet* sheet, lxw_row_t row, const std::vector<std::string>& cells,
                lxw_format* format) {
    for (std::size_t column = 0; column < cells.size(); ++column)
        write_text(sheet, row, static_cast<lxw_col_t>(column), cells[column], format);
}

// The area's cell spans its items, as in the original workbook.
void merge_area(lxw_worksheet* sheet, lxw_row_t first, lxw_row_t last, const std::string& label,
                lxw_format* format) {
    if (first < last)
        worksheet_merge_range(sheet, first, 0, last, 0, label.c_str(), format);
    else
        write_text(sheet, first, 0, label, format);
}

void write_published(lxw_worksheet* sheet, const SheetReport& report, const Formats& formats) {
    write_line(sheet, 0, report.sheet->published.header, formats.heading);
    const auto rows = published_rows(report);
    std::size_t first = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = static_cast<lxw_row_t>(i + 1);
        write_text(sheet, row, 1, rows[i][1], formats.text);
        write_text(sheet, row, 2, rows[i][2], formats.centre);
        write_text(sheet, row, 3, rows[i][3], formats.text);
        if (!rows[i][0].empty()) first = i;
        if (i + 1 == rows.size() || !rows[i + 1][0].empty())
            merge_area(sheet, static_cast<lxw_row_t>(first + 1), row, rows[first][0], formats.area);
    }
    worksheet_set_column(sheet, 0, 0, 18, nullptr);
    worksheet_set_column(sheet, 1, 1, 60, nullptr);
    worksheet_set_column(sheet, 2, 2, 9, nullptr);
    worksheet_set_column(sheet, 3, 3, 60, nullptr);
}

void write_verdicts(lxw_worksheet* sheet, const SheetReport& report, Language language,
                    const Formats& formats) {
    write_line(sheet, 0, verdict_headings(language), formats.heading);
    lxw_row_t row = 1;
    for (const ItemReport& item : report.items) {
        write_line(sheet, row, verdict_cells(report, item, language), formats.text);
        worksheet_write_number(sheet, row, 0, item.item->number, formats.centre);
        write_text(sheet, row, 3, std::string(symbol(item.verdict.mark)), formats.centre);
        ++row;
    }
    const double widths[] = {5, 18, 50, 7, 14, 9, 12, 18, 70};
    for (lxw_col_t column = 0; column < 9; ++column)
        worksheet_set_column(sheet, column, column, widths[column], nullptr);
    worksheet_autofilter(sheet, 0, 0, row - 1, 8);
}

// Dated by the day of the verdict, not of the writing: same input, same bytes.
void describe(lxw_workbook* book, const SheetReport& report, Language language) {
    lxw_doc_properties properties{};
    std::string title = report.sheet->label.in(language);
    std::string company = report.organisation;
    properties.title = title.data();
    properties.company = company.data();
    properties.created = std::chrono::system_clock::to_time_t(report.day.sys_days());
    workbook_set_properties(book, &properties);
}

std::unexpected<Error> cannot_write(const std::string& file, const Text& why) {
    return fail(ErrorKind::unavailable,
                {file + " に書けません（" + why.ja + "）。フォルダと空き容量を確かめてください。",
                 "cannot write " + file + " (" + why.en + "). Look at the folder and the free space."});
}

lxw_error write_workbook(const SheetReport& report, Language language, const std::string& file) {
    lxw_workbook* book = workbook_new(file.c_str());
    describe(book, report, language);
    const Formats formats = make_formats(book);
    const std::string footer = "&L" + footer_text(report.organisation) + "&C&P / &N&R" + report.day.iso();
    lxw_worksheet* published =
        workbook_add_worksheet(book, pick(language, "対策状況チェック", "Check sheet"));
    set_up_print(published, footer);
    write_published(published, report, formats);
    lxw_worksheet* verdicts =
        workbook_add_worksheet(book, pick(language, "判定と理由", "Verdicts and reasons"));
    set_up_print(verdicts, footer);
    write_verdicts(verdicts, report, language, formats);
    return workbook_close(book);
}

}  // namespace

Result<void> write_xlsx(const SheetReport& report, Language language, const std::filesystem::path& file) {
    return store::replace_file(file, [&](const std::filesystem::path& draft) -> Result<void> {
        errno = 0;  // tried first, because the library prints its own words when it fails
        if (!std::ofstream(draft, std::ios::binary)) return cannot_write(file.string(), cause_of(errno));
        const lxw_error error = write_workbook(report, language, draft.string());
        if (error == LXW_NO_ERROR) return {};
        return cannot_write(file.string(), {"xlsx の誤り " + std::to_string(error), lxw_strerror(error)});
    });
}

}  // namespace maru::sheets
