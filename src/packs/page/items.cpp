// Each item's checks with numbers and reasons.
#include "page/items.hpp"

#include <fmt/core.h>

#include <map>

#include "page/html.hpp"
#include "sheets/render.hpp"

namespace maru::packs {

namespace {

using html::both;
using sheets::ItemReport;
using sheets::LinkReport;
using sheets::Offender;

// Entries of the disclosed records, by register and id.
using EntryOf = std::map<std::pair<std::string_view, std::string>, std::int64_t>;

EntryOf entries_of(const Selection& selection) {
    EntryOf out;
    for (const ChosenRecord& one : selection.records)
        out[{one.need->of->name, std::to_string(one.record.id)}] = one.record.from_index;
    return out;
}

std::string proof_link(const LinkReport& link, const Offender& offender, const EntryOf& entries) {
    const auto found = entries.find({link.check->subject, offender.subject});
    if (found == entries.end()) return "";
    return fmt::format(" <a class=\"mono\" href=\"receipts/{0}.json\">#{0}</a>", found->second);
}

std::string until(const Offender& offender) {
    if (!offender.valid_until || *offender.valid_until == forever()) return "";
    return offender.valid_until->iso();
}

std::string offender_row(const LinkReport& link, const Offender& offender, const EntryOf& entries) {
    return fmt::format(
        "<tr><td>{}</td><td>{}{}</td><td>{}</td><td>{}</td><td class=\"nowrap\">{}</td></tr>\n",
        html::chip(offender.state), html::escaped(offender.label), proof_link(link, offender, entries),
        both(offender.reason), html::escaped(offender.owner), until(offender));
}

std::string offenders(const LinkReport& link, const EntryOf& entries) {
    if (link.offenders.empty()) return "";
    std::string out = "<div class=\"scroll\"><table class=\"rows\"><thead><tr><th>" + both("状態", "State") +
                      "</th><th>" + both("対象", "Subject") + "</th><th>" + both("理由", "Reason") +
                      "</th><th>" + both("担当", "Owner") + "</th><th>" + both("期限", "Until") +
                      "</th></tr></thead><tbody>\n";
    for (const Offender& offender : link.offenders) out += offender_row(link, offender, entries);
    out += "</tbody></table></div>\n";
    const auto more = link.offender_count - static_cast<std::int64_t>(link.offenders.size());
    if (more > 0)
        out += "<p class=\"note\">" + both(fmt::format("ほか {} 件", more), fmt::format("{} more", more)) +
               "</p>\n";
    return out;
}

std::string check_card(const LinkReport& link, const EntryOf& entries) {
    const auto& counts = link.outcome.counts;
    std::string out = fmt::format(
        "<section class=\"check\"><header><h4>{}</h4><code>{}</code><span>{}</span><span "
        "class=\"counts\">{}</span><span class=\"counts\">{}</span></header><p class=\"why\">{}</p>\n",
        both(link.check->title), html::escaped(link.check->name), both(sheets::name_of(link.outcome.state)),
        counts.total() > 0 ? html::numbers(counts) : both("対象の記録なし", "no records"),
        both(sheets::level_name(link.link->level, Language::ja),
             sheets::level_name(link.link->level, Language::en)),
        both(link.check->why));
    if (link.error) out += "<p class=\"warn\">" + both(link.error->message) + "</p>\n";
    if (!link.contradictions.empty())
        out += "<p class=\"warn\">" +
               both("「該当なし」の宣言と矛盾する記録: ", "Contradict the statement that there is none: ") +
               html::escaped(join(link.contradictions, ", ")) + "</p>\n";
    return out + offenders(link, entries) + "</section>\n";
}

std::string claim(const ItemReport& report) {
    if (!report.claim.mark) return "";
    const char* words = report.claim_stands ? "" : " wrong";
    std::string out = fmt::format(
        "<div class=\"remark{}\"><p class=\"counts\">{} {} {} {}</p><p>{}</p></div>\n", words,
        both("公表", "Claim"), html::mark(*report.claim.mark),
        report.claim_stands ? "=" : "<span class=\"red\">≠</span>",
        both("実態", "Verdict") + " " + html::mark(report.verdict.mark), html::escaped(report.remark));
    return out;
}

std::string next_change(const ItemReport& report) {
    if (!report.flips.mark) return "";
    return "<p class=\"counts\">" +
           both("この日の記録のまま誰も何もしなければ、次に変わる日: ",
                "Next change if nobody acts on what was recorded by then: ") +
           html::day(report.flips.mark->day) + " → " + html::mark(report.flips.mark->verdict.mark) +
           html::hidden(both(sheets::name_of(report.flips.mark->verdict.mark))) + "</p>\n";
}

std::string summary(const PageInput& input, const ItemReport& report) {
    const bool changed = flipped(input, report.item);
    const sheets::Mark before = report_of(input.pack.first, report.item).verdict.mark;
    return fmt::format(
        "<summary><span class=\"nr\">{}</span><h3>{}</h3><span class=\"pair\"><span "
        "class=\"counts\">{}</span>{}{}"
        "</span></summary>\n",
        report.item->number, both(report.item->question), html::numbers(report.verdict.asked),
        changed ? html::badge(before) + "<span class=\"arrow\">→</span>" : std::string(),
        html::badge(report.verdict.mark));
}

std::string item_card(const PageInput& input, const sheets::Item* item, const EntryOf& entries) {
    const ItemReport& report = report_of(input.pack.last, item);
    std::string out = fmt::format("<details class=\"item\" id=\"item-{}\">", item->number) +
                      summary(input, report) + "<div class=\"in\">\n" + claim(report) + next_change(report);
    for (const LinkReport& link : report.links) out += check_card(link, entries);
    return out + "</div></details>\n";
}

}  // namespace

std::string page_items(const PageInput& input) {
    const EntryOf entries = entries_of(input.selection);
    std::string out =
        "<h2>" + both("項目ごとの点検", "The checks of each item") + "</h2>\n<p class=\"note\">" +
        both("期間の最後の日の状態です。開くと、点検ごとの件数と、満たしていない対象が理由とともに見えます。",
             "As of the last day. Open an item for the numbers of its checks, and for what "
             "is not satisfied and why.") +
        "</p>\n";
    for (const sheets::Item* item : input.options.items) out += item_card(input, item, entries);
    return out;
}

}  // namespace maru::packs
