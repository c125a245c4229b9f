#include "sheets/claims.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace maru::sheets {

namespace {

struct MarkWord {
    std::string_view code;
    Mark mark;
    std::array<std::string_view, 4> written;
};
constexpr std::array<MarkWord, 4> mark_words{{
    {"full", Mark::full, {"○", "〇", "◯", "o"}},
    {"partial", Mark::partial, {"△", "▲", "△", "△"}},
    {"none", Mark::none, {"×", "✕", "✖", "x"}},
    {"not_applicable", Mark::not_applicable, {"－", "-", "ー", "—"}},
}};

std::optional<Mark> mark_from_code(std::string_view code) {
    for (const MarkWord& word : mark_words)
        if (word.code == code) return word.mark;
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

Result<std::string> mark_code(std::string_view written, const std::string& where) {
    const std::string_view mark = trim(written);
    if (mark.empty()) return std::string();
    for (const MarkWord& word : mark_words)
        if (std::ranges::find(word.written, mark) != word.written.end()) return std::string(word.code);
    return fail(ErrorKind::invalid,
                {where + ": 実施状況「" + std::string(mark) + "」は ○ △ × － のいずれでもありません。",
                 where + ": the mark \"" + std::string(mark) + "\" is none of ○ △ × －."});
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
        const std::string where = "line " + std::to_string(i + 1);
        const auto found = row.size() < 2 ? by_question.end() : by_question.find(fingerprint(row[1]));
        if (found == by_question.end())
            return fail(
                ErrorKind::invalid,
                {where + ": この項目は設問のどれとも一致しません。2列目に設問文があるか確かめてください。",
                 where + ": the second column matches no question of the sheet."});
        if (!seen.insert(found->second->code).second)
            return fail(ErrorKind::invalid,
                        {where + ": 同じ設問が2回あります。", where + ": this question appears twice."});
        out.push_back({found->second->code, TRY(mark_code(row.size() > 2 ? row[2] : "", where)),
                       row.size() > 3 ? row[3] : ""});
    }
    return out;
}

}  // namespace maru::sheets
