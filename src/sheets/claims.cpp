#include "sheets/claims.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace maru::sheets {

namespace {

// Codes of the register `claim`.
constexpr std::array<std::pair<std::string_view, Mark>, 4> mark_codes{{
    {"full", Mark::full},
    {"partial", Mark::partial},
    {"none", Mark::none},
    {"not_applicable", Mark::not_applicable},
}};

// What people write: look-alikes of other keyboards and fonts, too.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> spellings{{
    {"○", "full"},
    {"〇", "full"},
    {"◯", "full"},
    {"o", "full"},
    {"△", "partial"},
    {"▲", "partial"},
    {"×", "none"},
    {"✕", "none"},
    {"✖", "none"},
    {"x", "none"},
    {"－", "not_applicable"},
    {"-", "not_applicable"},
    {"ー", "not_applicable"},
    {"—", "not_applicable"},
}};

std::optional<Mark> mark_from_code(std::string_view code) {
    for (const auto& [known, mark] : mark_codes)
        if (known == code) return mark;
    return std::nullopt;
}

std::optional<Day> day_in(const store::Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    const auto day = parse_iso_day(row.text(column));
    return day ? std::optional(*day) : std::nullopt;
}

Claim claim_in(const store::Row& row) {
    Claim claim;
    claim.mark = mark_from_code(row.text(1));
    claim.remark = row.text(2);
    claim.planned = mark_from_code(row.text(3));
    claim.planned_on = day_in(row, 4);
    claim.approved_on = day_in(row, 5);
    return claim;
}

// What two spellings of one question have in common.
std::string fingerprint(std::string_view text) {
    std::string out;
    for (const char c : normalize_compatibility(text))
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') out += c;
    return out;
}

std::unexpected<Error> wrong_line(std::size_t line, const std::string& ja, const std::string& en) {
    return fail(ErrorKind::invalid,
                {std::to_string(line) + "行目: " + ja, "line " + std::to_string(line) + ": " + en});
}

Result<std::string> mark_code(std::string_view written, std::size_t line) {
    const std::string_view mark = trim(written);
    if (mark.empty()) return std::string();
    for (const auto& [spelling, code] : spellings)
        if (spelling == mark) return std::string(code);
    const std::string shown = fit_to_width(mark, 40);
    return wrong_line(line, "実施状況「" + shown + "」は ○ △ × － のいずれでもありません。",
                      "the mark \"" + shown + "\" is none of ○ △ × －.");
}

bool is_header(const Sheet& sheet, const std::vector<std::string>& row) {
    return !sheet.published.header.empty() && row == sheet.published.header;
}

bool is_blank(const std::vector<std::string>& row) {
    return std::ranges::all_of(row, [](const std::string& cell) { return trim(cell).empty(); });
}

}  // namespace

Result<Claims> load_claims(store::Database& reader, std::string_view sheet) {
    auto statement =
        TRY(reader.prepare("select c.item, c.mark, c.remark, c.planned, c.planned_on, c.approved_on from "
                           "claim c where c.sheet = ?"));
    statement.bind(1, sheet);
    Claims claims;
    while (auto row = TRY(statement.step())) claims[std::string(row->text(0))] = claim_in(*row);
    return claims;
}

Result<std::map<std::string, Period, std::less<>>> load_exclusions(store::Database& reader,
                                                                   std::string_view sheet) {
    auto statement =
        TRY(reader.prepare("select x.item, x.approved_on, x.valid_until from exclusion x where x.sheet = ? "
                           "and x.approved_by is not null"));
    statement.bind(1, sheet);
    std::map<std::string, Period, std::less<>> exclusions;
    while (auto row = TRY(statement.step())) {
        const auto from = day_in(*row, 1);
        const auto until = day_in(*row, 2);
        if (from && until) exclusions[std::string(row->text(0))] = {*from, *until};
    }
    return exclusions;
}

Result<std::vector<PublishedRow>> match_published(const Sheet& sheet,
                                                  const std::vector<std::vector<std::string>>& rows) {
    std::map<std::string, const Item*> by_question;
    for (const Item& item : sheet.items) by_question[fingerprint(item.question.ja)] = &item;
    std::vector<PublishedRow> out;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        if (is_blank(row) || is_header(sheet, row)) continue;
        const std::size_t line = i + 1;
        const auto found = row.size() < 2 ? by_question.end() : by_question.find(fingerprint(row[1]));
        if (found == by_question.end())
            return wrong_line(
                line, "この項目は設問のどれとも一致しません。2列目に設問文があるか確かめてください。",
                "the second column matches no question of the sheet; check that it holds the question.");
        if (!seen.insert(found->second->code).second)
            return wrong_line(line, "同じ設問が2回あります。どちらかを消してください。",
                              "this question appears twice; remove one of the lines.");
        const std::string mark = TRY(mark_code(row.size() > 2 ? row[2] : "", line));
        out.push_back({found->second->code, mark, row.size() > 3 ? row[3] : ""});
    }
    return out;
}

}  // namespace maru::sheets
