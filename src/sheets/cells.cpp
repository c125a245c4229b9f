#include "sheets/render.hpp"

#include <fmt/core.h>

#include "wording/pick.hpp"

namespace maru::sheets {

using checks::CheckState;
using checks::RowState;

namespace {

std::string claim_symbol(const Claim& claim) {
    return claim.mark ? std::string(symbol(*claim.mark)) : std::string();
}

std::string error_line(const LinkReport& link, const Error& error, Language language) {
    return fmt::format("{}: {}", link.check->title.in(language), error.message.in(language));
}

std::string contradiction_line(const LinkReport& link, Language language) {
    return fmt::format(
        "{}: {} {}", link.check->title.in(language),
        pick(language, "「該当なし」の宣言と矛盾する記録:", "contradicts the statement that there is none:"),
        join(link.contradictions, ", "));
}

std::string empty_line(const LinkReport& link, Language language) {
    return fmt::format(
        "{}: {}", link.check->title.in(language),
        link.doubt ? link.doubt->in(language) : pick(language, "対象の記録がありません", "no records yet"));
}

bool speaks(const LinkReport& link) {
    return link.outcome.state == CheckState::broken || link.outcome.state == CheckState::unknown ||
           link.error;
}

void add_link_lines(const LinkReport& link, Language language, std::vector<std::string>& lines) {
    if (link.error) lines.push_back(error_line(link, *link.error, language));
    if (!link.contradictions.empty() && speaks(link)) lines.push_back(contradiction_line(link, language));
    if (!link.error && speaks(link) && link.outcome.counts.total() == 0)
        lines.push_back(empty_line(link, language));
    for (const Offender& offender : link.offenders) lines.push_back(reason_line(link, offender, language));
    const auto more = link.offender_count - static_cast<std::int64_t>(link.offenders.size());
    if (!link.offenders.empty() && more > 0)
        lines.push_back(fmt::format(
            "{}: {}", link.check->title.in(language),
            language == Language::ja ? fmt::format("ほか {} 件", more) : fmt::format("{} more", more)));
}

std::string reasons_cell(const ItemReport& item, Language language) {
    std::vector<std::string> lines;
    for (const LinkReport& link : item.links)
        if (link.link->level != Level::extra) add_link_lines(link, language, lines);
    return join(lines, "\n");
}

}  // namespace

std::string numbers(const checks::Counts& counts, Language language) {
    std::string out = fmt::format("{}/{}", counts.good(), counts.total());
    if (counts.exempt > 0)
        out += fmt::format(fmt::runtime(pick(language, "（例外 {}）", " ({} exempt)")), counts.exempt);
    return out;
}

std::string flip_text(const Flips& flips, Language language) {
    if (!flips.mark) return pick(language, "当面なし", "none soon");
    return fmt::format("{} → {}", flips.mark->day.iso(), symbol(flips.mark->verdict.mark));
}

std::string state_name(RowState state, Language language) {
    switch (state) {
        case RowState::satisfied: return pick(language, "充足", "satisfied");
        case RowState::due: return pick(language, "猶予中", "due");
        case RowState::expired: return pick(language, "期限切れ", "expired");
        case RowState::missing: return pick(language, "未実施", "missing");
        case RowState::unknown: return pick(language, "未確認", "unknown");
        case RowState::exempt: return pick(language, "例外承認済", "exempt");
        case RowState::absent: return pick(language, "対象外", "not counted");
    }
    return {};
}

std::string level_name(Level level, Language language) {
    switch (level) {
        case Level::asked: return pick(language, "設問", "asked");
        case Level::claimed: return pick(language, "備考", "claimed");
        case Level::extra: return pick(language, "任意", "extra");
    }
    return {};
}

std::string reason_line(const LinkReport& link, const Offender& offender, Language language) {
    std::string line = fmt::format("{}: {} — {}", link.check->title.in(language), offender.label,
                                   state_name(offender.state, language));
    if (offender.state == RowState::expired && offender.valid_until)
        line += fmt::format(" ({})", offender.valid_until->iso());
    line += fmt::format(": {}", offender.reason.in(language));
    if (!offender.owner.empty())
        line += fmt::format(fmt::runtime(pick(language, "（担当 {}）", " (owner {})")), offender.owner);
    return line;
}

std::vector<std::string> verdict_headings(Language language) {
    if (language == Language::ja)
        return {"No.", "分類", "設問", "判定", "充足/対象", "公表回答", "備考の裏付け", "次回失効日", "理由"};
    return {"No.", "Area", "Item", "Verdict", "Satisfied/total", "Claim", "Remark", "Next flip", "Reasons"};
}

std::vector<std::string> verdict_cells(const SheetReport& report, const ItemReport& item, Language language) {
    return {std::to_string(item.item->number),
            report.sheet->area(item.item->area).label.in(language),
            item.item->question.in(language),
            std::string(symbol(item.verdict.mark)),
            numbers(item.verdict.asked, language),
            claim_symbol(item.claim),
            name_of(item.verdict.remark).in(language),
            flip_text(item.flips, language),
            reasons_cell(item, language)};
}

std::vector<std::vector<std::string>> published_rows(const SheetReport& report) {
    std::vector<std::vector<std::string>> rows;
    int printed = 0;
    for (const ItemReport& item : report.items) {
        const int area = item.item->printed_area;
        rows.push_back({area == printed ? "" : report.sheet->area(area).label.ja, item.item->question.ja,
                        claim_symbol(item.claim), item.remark});
        printed = area;
    }
    return rows;
}

}  // namespace maru::sheets
