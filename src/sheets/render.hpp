// A report as a file: table for a terminal, tsv and csv (RFC 4180), json, xlsx (ECMA-376).
#pragma once

#include <filesystem>
#include <string>

#include "sheets/report.hpp"

namespace maru::sheets {

enum class Layout {
    verdicts,   // number, area, question, verdict, numbers, remark mark, next flip, claim, reasons
    published,  // the published file: printed area, question, claimed mark, remark
};
enum class Colour { plain, ansi };

struct TableStyle {
    std::size_t width = 120;  // columns of the terminal; any_width = lines as long as they come
    Colour colour = Colour::plain;
};

std::string render_table(const SheetReport& report, Layout layout, Language language,
                         const TableStyle& style);
// `published` reproduces the claims' file byte for byte (separator tab). Verdict rows end in LF.
std::string render_delimited(const SheetReport& report, Layout layout, Language language, char separator);
// Keys sorted as written here, two spaces of indent, one line feed at the end (docs/formats/sheet.md).
std::string render_json(const SheetReport& report);
// First sheet as published (merged areas, print set-up), second the verdicts with their reasons.
Result<void> write_xlsx(const SheetReport& report, Language language, const std::filesystem::path& file);

// Shared wording.
std::string numbers(const checks::Counts& counts, Language language);  // "28/30（例外 1）"
std::string flip_text(const Flips& flips, Language language);          // "2027-01-31 → ×"
std::string state_name(checks::RowState state, Language language);
std::string level_name(Level level, Language language);
std::string reason_line(const LinkReport& link, const Offender& offender, Language language);

// One row of cells of the verdicts layout, and its headings.
std::vector<std::string> verdict_headings(Language language);
std::vector<std::string> verdict_cells(const SheetReport& report, const ItemReport& item, Language language);
// One row of the published layout: the area's label only where the published sheet prints it.
std::vector<std::vector<std::string>> published_rows(const SheetReport& report);

}  // namespace maru::sheets
