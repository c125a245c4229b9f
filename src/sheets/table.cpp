#include "sheets/render.hpp"
#include "wording/columns.hpp"
#include "wording/pick.hpp"

#include <fmt/core.h>
#include <algorithm>

#include "core/wrapping.hpp"

namespace maru::sheets {

namespace {

constexpr std::size_t least_width = 10;     // of text behind an indent
constexpr std::size_t least_question = 20;  // columns; in fewer it would say nothing
constexpr std::size_t question_indent = 4;
constexpr std::size_t reason_indent = 8;
constexpr std::size_t published_indent = 6;

std::string indented(std::string_view text, std::size_t indent, std::size_t width) {
    std::string out;
    const std::size_t columns = width > indent + least_width ? width - indent : least_width;
    for (const std::string& line : wrapped(text, columns))
        out += std::string(line.empty() ? 0 : indent, ' ') + line + "\n";
    return out;
}

// Parts on as few lines as they fit on, none broken unless it is longer than a line.
std::string parts_on_lines(const std::vector<std::string>& parts, std::string_view separator,
                           std::size_t width) {
    std::string out, line;
    for (const std::string& part : parts) {
        const std::string longer = line.empty() ? part : line + std::string(separator) + part;
        if (!line.empty() && display_width(longer) > width) {
            out += indented(line, 0, width);
            line = part;
        } else {
            line = longer;
        }
    }
    return out + indented(line, 0, width);
}

std::string head(const SheetReport& report, Language language, std::size_t width) {
    const std::string day = report.day.iso();
    const auto say = [&](const char* ja, const char* en, const auto&... values) {
        return fmt::format(fmt::runtime(pick(language, ja, en)), values...);
    };
    std::string out = parts_on_lines({report.organisation, report.sheet->label.in(language)}, "  ", width);
    out += parts_on_lines(
        {say("{} 現在", "on {}", day), say("変更記録 {} 件", "{} ledger entries", report.entries),
         say("ルート {}", "root {}", report.root),
         say("定義 {:.12}", "definitions {:.12}", report.definitions)},
        " · ", width);
    return out;
}

struct Columns {
    std::size_t numbers = 5;
    std::size_t remark = 8;
    std::size_t flip = 10;
    std::size_t question = 40;  // 0: on lines of its own
};

std::string remark_cell(const ItemReport& item, Language language) {
    switch (item.verdict.remark) {
        case RemarkMark::earned: return pick(language, "備考○", "remark ○");
        case RemarkMark::not_earned: return pick(language, "備考×", "remark ×");
        case RemarkMark::nothing_claimed: return pick(language, "備考－", "remark －");
    }
    return {};
}

Columns measure(const SheetReport& report, Language language, std::size_t width) {
    Columns columns;
    for (const ItemReport& item : report.items) {
        columns.numbers = std::max(columns.numbers, display_width(numbers(item.verdict.asked, language)));
        columns.remark = std::max(columns.remark, display_width(remark_cell(item, language)));
        columns.flip = std::max(columns.flip, display_width(flip_text(item.flips, language)));
    }
    const std::size_t used = 4 + 2 + 2 + columns.numbers + 2 + columns.remark + 2 + columns.flip + 2;
    columns.question = width >= used + least_question ? width - used : 0;
    return columns;
}

void add_reasons(const SheetReport& report, const ItemReport& item, Language language, std::size_t width,
                 std::string& out) {
    const std::string cell = verdict_cells(report, item, language).back();
    if (cell.empty()) return;
    for (const std::string& line : split(cell, '\n')) out += indented(line, reason_indent, width);
}

std::string item_line(const ItemReport& item, Language language, const Columns& columns,
                      const TableStyle& style) {
    const std::string& question = item.item->question.in(language);
    std::string line =
        fmt::format("{} {}  {}  {}  {}", right(std::to_string(item.item->number), 3),
                    mark_cell(item.verdict.mark, style.colour),
                    right(numbers(item.verdict.asked, language), columns.numbers),
                    padded(remark_cell(item, language), columns.remark),
                    columns.question == 0 ? flip_text(item.flips, language)
                                          : padded(flip_text(item.flips, language), columns.flip));
    if (columns.question == 0) return line + "\n" + indented(question, question_indent, style.width);
    return line + "  " + fit_to_width(question, columns.question) + "\n";
}

struct NextFlip {
    const Item* item = nullptr;
    Flip flip;
};

std::optional<NextFlip> first_to_fall(const SheetReport& report) {
    std::optional<NextFlip> first;
    for (const ItemReport& item : report.items)
        if (const auto& flip = item.flips.mark; flip && (!first || flip->day < first->flip.day))
            first = NextFlip{item.item, *flip};
    return first;
}

std::string foot(const SheetReport& report, Language language) {
    std::string out;
    for (const Mark mark : {Mark::full, Mark::partial, Mark::none, Mark::unknown, Mark::not_applicable})
        if (report.count(mark) > 0 || mark == Mark::full)
            out += fmt::format("{}{} {}", out.empty() ? "" : "   ", symbol(mark), report.count(mark));
    const auto remarks = [&](RemarkMark mark) {
        return std::ranges::count_if(report.items,
                                     [&](const ItemReport& item) { return item.verdict.remark == mark; });
    };
    const auto earned = remarks(RemarkMark::earned);
    const auto claiming = earned + remarks(RemarkMark::not_earned);  // － claims nothing
    const auto unearned_claims =
        std::ranges::count_if(report.items, [](const ItemReport& item) { return !item.claim_stands; });
    out += fmt::format(fmt::runtime(pick(language, "   備考の裏付け {}/{}   裏付けのない公表回答 {}",
                                         "   remarks earned {}/{}   claims not earned {}")),
                       earned, claiming, unearned_claims);
    if (const auto first = first_to_fall(report))
        out += fmt::format(fmt::runtime(pick(language, "\n次に崩れるのは {} の項目 {}（{}）",
                                             "\nnext to fall: on {} item {} ({})")),
                           first->flip.day.iso(), first->item->number, symbol(first->flip.verdict.mark));
    return out + "\n";
}

std::string verdict_table(const SheetReport& report, Language language, const TableStyle& style) {
    const Columns columns = measure(report, language, style.width);
    std::string out = head(report, language, style.width);
    int area = 0;
    for (const ItemReport& item : report.items) {
        if (item.item->area != area)
            out += "\n" + indented(report.sheet->area(item.item->area).label.in(language), 0, style.width);
        area = item.item->area;
        out += item_line(item, language, columns, style);
        add_reasons(report, item, language, style.width, out);
    }
    const std::string last = foot(report, language);
    return out + "\n" + indented(last.substr(0, last.find_last_not_of('\n') + 1), 0, style.width);
}

std::string published_table(const SheetReport& report, const TableStyle& style) {
    std::string out;
    for (const auto& row : published_rows(report)) {
        if (!row[0].empty()) out += "\n" + indented(row[0], 0, style.width);
        const std::string question = indented(row[1], published_indent, style.width);
        out += "  " + padded(row[2], 2) + question.substr(std::min<std::size_t>(4, question.size()));
        if (!row[3].empty()) out += indented(row[3], published_indent, style.width);
    }
    return out;
}

}  // namespace

std::string render_table(const SheetReport& report, Layout layout, Language language,
                         const TableStyle& style) {
    return layout == Layout::published ? published_table(report, style)
                                       : verdict_table(report, language, style);
}

}  // namespace maru::sheets
