#include "sheets/render.hpp"
#include "wording/columns.hpp"
#include "wording/pick.hpp"

#include <fmt/core.h>
#include <algorithm>

namespace maru::sheets {

namespace {

std::string head(const SheetReport& report, Language language) {
    const std::string day = report.day.iso();
    std::string out = fmt::format("{}  {}\n", report.organisation, report.sheet->label.in(language));
    out += language == Language::ja
               ? fmt::format("{} 現在 · 変更記録 {} 件 · ルート {:.16} · 定義 {:.12}\n", day, report.entries,
                             report.root, report.definitions)
               : fmt::format("on {} · {} ledger entries · root {:.16} · definitions {:.12}\n", day,
                             report.entries, report.root, report.definitions);
    return out;
}

struct Columns {
    std::size_t numbers = 5;
    std::size_t remark = 8;
    std::size_t flip = 10;
    std::size_t question = 40;
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
    columns.question = width > used + 20 ? width - used : 20;
    return columns;
}

void add_reasons(const SheetReport& report, const ItemReport& item, Language language, std::size_t width,
                 std::string& out) {
    const std::string cell = verdict_cells(report, item, language).back();
    if (cell.empty()) return;
    for (const std::string& line : split(cell, '\n'))
        out += "        " + fit_to_width(line, width > 28 ? width - 8 : 20) + "\n";
}

std::string item_line(const ItemReport& item, Language language, const Columns& columns, Colour colour) {
    return fmt::format("{} {}  {}  {}  {}  {}\n", right(std::to_string(item.item->number), 3),
                       mark_cell(item.verdict.mark, colour),
                       right(numbers(item.verdict.asked, language), columns.numbers),
                       padded(remark_cell(item, language), columns.remark),
                       padded(flip_text(item.flips, language), columns.flip),
                       fit_to_width(item.item->question.in(language), columns.question));
}

struct Fall {
    const Item* item = nullptr;
    Flip flip;
};

std::optional<Fall> first_to_fall(const SheetReport& report) {
    std::optional<Fall> first;
    for (const ItemReport& item : report.items)
        if (const auto& flip = item.flips.mark; flip && (!first || flip->day < first->flip.day))
            first = Fall{item.item, *flip};
    return first;
}

std::string foot(const SheetReport& report, Language language) {
    std::string out;
    for (const Mark mark : {Mark::full, Mark::partial, Mark::none, Mark::unknown, Mark::not_applicable})
        if (report.count(mark) > 0 || mark == Mark::full)
            out += fmt::format("{}{} {}", out.empty() ? "" : "   ", symbol(mark), report.count(mark));
    const auto earned = std::ranges::count_if(
        report.items, [](const ItemReport& item) { return item.verdict.remark != RemarkMark::not_earned; });
    const auto unearned_claims =
        std::ranges::count_if(report.items, [](const ItemReport& item) { return !item.claim_stands; });
    out += fmt::format(fmt::runtime(pick(language, "   備考の裏付け {}/{}   裏付けのない公表回答 {}",
                                         "   remarks earned {}/{}   claims not earned {}")),
                       earned, report.items.size(), unearned_claims);
    if (const auto first = first_to_fall(report))
        out += fmt::format(fmt::runtime(pick(language, "\n次に崩れるのは {} の項目 {}（{}）",
                                             "\nnext to fall: on {} item {} ({})")),
                           first->flip.day.iso(), first->item->number, symbol(first->flip.verdict.mark));
    return out + "\n";
}

std::string verdict_table(const SheetReport& report, Language language, const TableStyle& style) {
    const Columns columns = measure(report, language, style.width);
    std::string out = head(report, language);
    int area = 0;
    for (const ItemReport& item : report.items) {
        if (item.item->area != area)
            out += "\n" + report.sheet->area(item.item->area).label.in(language) + "\n";
        area = item.item->area;
        out += item_line(item, language, columns, style.colour);
        add_reasons(report, item, language, style.width, out);
    }
    return out + "\n" + foot(report, language);
}

std::string published_table(const SheetReport& report, const TableStyle& style) {
    const std::size_t rest = style.width > 60 ? style.width - 8 : 52;
    std::string out;
    for (const auto& row : published_rows(report)) {
        if (!row[0].empty()) out += "\n" + row[0] + "\n";
        out += fmt::format("  {}  {}\n", padded(row[2], 2), fit_to_width(row[1], rest));
        out += fmt::format("      {}\n", fit_to_width(row[3], rest));
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
