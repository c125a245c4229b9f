// The sheet of each end as a picture, and what changed between them.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <numbers>

#include "page/html.hpp"
#include "page/items.hpp"
#include "page/page.hpp"

namespace maru::packs {

namespace {

using html::both;
using sheets::ItemReport;
using sheets::Mark;

constexpr std::array all_marks{Mark::full, Mark::partial, Mark::none, Mark::unknown, Mark::not_applicable};

std::int64_t count(const PageInput& input, const PackEnd& end, Mark mark) {
    return std::ranges::count_if(input.options.items, [&](const sheets::Item* item) {
        return report_of(end, item).verdict.mark == mark;
    });
}

// How many items earn their ○, of those that the question applies to.
std::string ring(std::int64_t good, std::int64_t of) {
    constexpr double radius = 28;
    const double around = 2 * std::numbers::pi * radius;
    const double share = of == 0 ? 0 : static_cast<double>(good) / static_cast<double>(of);
    return fmt::format(
        "<svg class=\"ring\" viewBox=\"0 0 72 72\" aria-hidden=\"true\"><circle class=\"track\" cx=\"36\" "
        "cy=\"36\" r=\"28\" fill=\"none\" stroke-width=\"8\"/><circle class=\"arc\" cx=\"36\" cy=\"36\" "
        "r=\"28\" fill=\"none\" stroke-width=\"8\" stroke-dasharray=\"{:.2f} {:.2f}\" transform=\"rotate(-90 "
        "36 36)\"/><text x=\"36\" y=\"41\">{}</text><text class=\"of\" x=\"36\" y=\"54\">/ {}</text></svg>",
        share * around, around, good, of);
}

constexpr std::string_view gap_corner =
    "<svg class=\"gap\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><use href=\"#d-gap\"/></svg>";

std::string legend(const PageInput& input, const PackEnd& end) {
    std::string out = "<ul class=\"legend\">";
    for (const Mark mark : all_marks)
        out += fmt::format("<li>{}{}<b>{}</b></li>", html::mark(mark), both(sheets::name_of(mark)),
                           count(input, end, mark));
    const auto gaps = std::ranges::count_if(
        input.options.items, [&](const sheets::Item* item) { return !report_of(end, item).claim_stands; });
    out += fmt::format("<li><span class=\"sample\">{}</span>{}<b>{}</b></li>", gap_corner,
                       both("公表とのずれ", "Claim gap"), gaps);
    if (&end == &input.pack.last)
        out += "<li><span class=\"sample flipped\"></span>" +
               both("最初の日から変わった項目", "Changed since the first day") + "</li>";
    return out + "</ul>";
}

std::string share_bar(const checks::Counts& counts) {
    if (counts.total() == 0) return "";
    return fmt::format(
        "<svg class=\"share\" viewBox=\"0 0 {} 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect "
        "class=\"all\" width=\"{}\" height=\"1\"/><rect class=\"good\" width=\"{}\" height=\"1\"/></svg>",
        counts.total(), counts.total(), counts.good());
}

std::string tile(const ItemReport& report, std::string_view more_classes) {
    const Mark mark = report.verdict.mark;
    return fmt::format(
        "<li><a class=\"tile m-{}{}\" href=\"#item-{}\"><span class=\"no\">{}</span>{}{}{}{}</a></li>",
        html::code_of(mark), more_classes, report.item->number, report.item->number, html::mark(mark),
        mark == Mark::partial ? share_bar(report.verdict.asked) : "",
        report.claim_stands ? std::string_view() : gap_corner,
        html::hidden(both(sheets::name_of(mark)) + " " + html::numbers(report.verdict.asked) +
                     (report.claim_stands ? "" : " " + both("公表とのずれ", "claim gap"))));
}

std::string area_row(const PageInput& input, const PackEnd& end, const sheets::Area& area) {
    const bool is_last = &end == &input.pack.last;
    std::string tiles;
    std::int64_t good = 0, all = 0;
    for (const sheets::Item* item : input.options.items) {
        if (item->area != area.number) continue;
        const ItemReport& report = report_of(end, item);
        ++all;
        good += report.verdict.mark == Mark::full;
        tiles += tile(report, is_last && flipped(input, item) ? " flipped" : "");
    }
    if (all == 0) return "";
    return fmt::format(
        "<li><span class=\"name\"><span>{}</span><span>{} / {}</span></span><ul "
        "class=\"tiles\">{}</ul></li>\n",
        both(area.label), good, all, tiles);
}

std::string known_line(const PackEnd& end) {
    if (end.sheet.entries == 0)
        return "<p class=\"warn\">" +
               both("この日の終わりには、まだ何も記録されていませんでした。",
                    "At the end of this day nothing had been recorded yet.") +
               "</p>";
    const std::string entries = html::grouped(end.sheet.entries);
    return "<p class=\"note\">" +
           both(fmt::format("この日の終わりまでに記録された {} 件から判定しました。", entries),
                fmt::format("Judged from the {} entries that were recorded by the end of this day.",
                            entries)) +
           "</p>";
}

std::string picture(const PageInput& input, const PackEnd& end) {
    const std::int64_t good = count(input, end, Mark::full);
    const auto of =
        static_cast<std::int64_t>(input.options.items.size()) - count(input, end, Mark::not_applicable);
    std::string out = "<section class=\"card end\"><header>" + ring(good, of) + "<div><h3>" +
                      html::day(end.sheet.day) + "</h3>" +
                      both(fmt::format("{} 項目のうち {} 項目が○です", of, good),
                           fmt::format("{} of {} items earn their ○", good, of)) +
                      "</div></header>" + known_line(end) + legend(input, end) + "<ol class=\"areas\">\n";
    for (const sheets::Area& area : end.sheet.sheet->areas) out += area_row(input, end, area);
    return out + "</ol></section>\n";
}

std::string flip_row(const PageInput& input, const sheets::Item& item) {
    const ItemReport& before = report_of(input.pack.first, &item);
    const ItemReport& after = report_of(input.pack.last, &item);
    return fmt::format(
        "<tr><td class=\"num\">{}</td><td><span class=\"pair\">{}<span class=\"arrow\">→</span>{}</span></td>"
        "<td class=\"nowrap\">{} → {}</td><td><a href=\"#item-{}\">{}</a></td></tr>\n",
        item.number, html::badge(before.verdict.mark), html::badge(after.verdict.mark),
        html::numbers(before.verdict.asked), html::numbers(after.verdict.asked), item.number,
        both(item.question));
}

}  // namespace

const ItemReport& report_of(const PackEnd& end, const sheets::Item* item) {
    return *std::ranges::find(end.sheet.items, item, &ItemReport::item);
}

bool flipped(const PageInput& input, const sheets::Item* item) {
    return report_of(input.pack.first, item).verdict.mark != report_of(input.pack.last, item).verdict.mark;
}

std::string page_ends(const PageInput& input) {
    return "<h2>" + both("期間の両端のシート", "The sheet at both ends of the period") +
           "</h2>\n<div class=\"ends\">\n" + picture(input, input.pack.first) +
           picture(input, input.pack.last) + "</div>\n";
}

std::string page_flips(const PageInput& input) {
    std::string rows;
    for (const sheets::Item* item : input.options.items)
        if (flipped(input, item)) rows += flip_row(input, *item);
    const std::string heading =
        "<h2>" + both("その間に変わった判定", "Verdicts that changed between them") + "</h2>\n";
    if (rows.empty())
        return heading + "<p class=\"note\">" +
               both("両端の判定は、すべての項目で同じです。",
                    "Every item has the same verdict at both ends.") +
               "</p>\n";
    return heading +
           "<div class=\"card scroll\"><table class=\"rows\"><thead><tr><th class=\"num\">#</th><th>" +
           both("判定", "Verdict") + "</th><th>" + both("件数", "Rows") + "</th><th>" + both("項目", "Item") +
           "</th></tr></thead><tbody>\n" + rows + "</tbody></table></div>\n";
}

}  // namespace maru::packs
