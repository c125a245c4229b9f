#include "wording/delimited.hpp"
#include "sheets/render.hpp"

namespace maru::sheets {

namespace {

std::string cell(const std::string& text, char separator) {
    std::string safe =
        !text.empty() && std::string_view("=+-@\t\r").contains(text.front()) ? "'" + text : text;
    if (safe.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) return safe;
    std::string out = "\"";
    for (const char c : safe) out.append(c == '"' ? 2 : 1, c);
    return out + '"';
}

}  // namespace

std::string delimited_line(const std::vector<std::string>& cells, char separator) {
    std::vector<std::string> quoted;
    for (const std::string& text : cells) quoted.push_back(cell(text, separator));
    return join(quoted, std::string(1, separator));
}

namespace {

std::string published(const SheetReport& report, char separator) {
    const PublishedLayout& layout = report.sheet->published;
    std::string out(static_cast<std::size_t>(layout.leading_lines), '\n');
    out += delimited_line(layout.header, separator);
    for (const auto& row : published_rows(report)) out += '\n' + delimited_line(row, separator);
    if (layout.final_newline) out += '\n';
    return out;
}

}  // namespace

std::string render_delimited(const SheetReport& report, Layout layout, Language language, char separator) {
    if (layout == Layout::published) return published(report, separator);
    std::string out = delimited_line(verdict_headings(language), separator) + '\n';
    for (const ItemReport& item : report.items)
        out += delimited_line(verdict_cells(report, item, language), separator) + '\n';
    return out;
}

}  // namespace maru::sheets
