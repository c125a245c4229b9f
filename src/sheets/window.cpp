#include "sheets/window.hpp"

#include <algorithm>

#include "sheets/codes.hpp"
#include "wording/delimited.hpp"
#include "wording/json.hpp"
#include "wording/pick.hpp"

namespace maru::sheets {

namespace json = boost::json;

namespace {

// One verdict and its days inside the window.
struct Piece {
    Day from, until;
    Verdict verdict;
    std::int64_t days() const { return until.number() - from.number() + 1; }
};

std::vector<Piece> pieces(std::span<const Change> changes, Day from, Day to) {
    std::vector<Piece> out;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const Day begin = std::max(changes[i].day, from);
        const Day end = i + 1 < changes.size() ? std::min(changes[i + 1].day.plus_days(-1), to) : to;
        if (begin <= end) out.push_back({begin, end, changes[i].verdict});
    }
    return out;
}

void add_gap(std::vector<Gap>& gaps, const Piece& piece) {
    const bool goes_on = !gaps.empty() && gaps.back().until.plus_days(1) == piece.from;
    if (!goes_on) gaps.push_back({piece.from, piece.until, {}});
    gaps.back().until = piece.until;
    gaps.back().verdicts.push_back({piece.from, piece.verdict});
}

ItemWindow item_window(const Timeline& timeline, const Item& item, Day from, Day to) {
    ItemWindow out{.item = &item};
    out.unrecorded = to.number() - from.number() + 1;
    for (const Piece& piece : pieces(timeline.changes(item), from, to)) {
        out.unrecorded -= piece.days();
        switch (piece.verdict.mark) {
            case Mark::full: out.full += piece.days(); break;
            case Mark::not_applicable: out.not_applicable += piece.days(); break;
            case Mark::partial:
            case Mark::none:
            case Mark::unknown:
                out.not_full += piece.days();
                add_gap(out.gaps, piece);
                break;
        }
    }
    return out;
}

json::object gap_json(const Window& window, const Gap& gap) {
    json::array verdicts;
    for (const Change& change : gap.verdicts)
        verdicts.push_back(json::object{{"from", change.day.iso()},
                                        {"verdict", code_of(change.verdict.mark)},
                                        {"counts", counts_json(change.verdict.asked)}});
    return {{"from", gap.from.iso()},
            {"until", gap.until.iso()},
            {"days", gap.days()},
            {"open", gap.until == window.today},
            {"verdicts", std::move(verdicts)}};
}

json::object item_json(const Window& window, const ItemWindow& item) {
    json::array gaps;
    for (const Gap& gap : item.gaps) gaps.push_back(gap_json(window, gap));
    return {{"number", item.item->number},
            {"code", item.item->code},
            {"question", both(item.item->question)},
            {"full", item.full},
            {"of", item.counted()},
            {"not_full", item.not_full},
            {"not_applicable", item.not_applicable},
            {"unrecorded", item.unrecorded},
            {"gaps", std::move(gaps)}};
}

std::string intervals(const ItemWindow& item) {
    std::vector<std::string> out;
    for (const Gap& gap : item.gaps)
        out.push_back(gap.from.iso() + "/" + gap.until.iso() + " " +
                      std::string(symbol(gap.verdicts.front().verdict.mark)));
    return join(out, "; ");
}

std::vector<std::string> headings(Language language) {
    if (language == Language::ja)
        return {"No.",       "項目コード",   "設問",           "○の日",      "対象の日",
                "○でない日", "該当なしの日", "記録開始前の日", "○でない期間"};
    return {"No.",          "Code",       "Item",     "Days ○",
            "Days counted", "Days not ○", "Days n/a", "Days before the ledger",
            "Not ○"};
}

}  // namespace

Window window(const Timeline& timeline, const Sheet& sheet, const std::vector<const Item*>& items, Day from,
              Day to) {
    Window out{.sheet = &sheet, .timeline = &timeline, .from = from, .to = to, .today = to};
    for (const Item* item : items) out.items.push_back(item_window(timeline, *item, from, to));
    return out;
}

std::string render_json(const Window& window) {
    json::array items;
    for (const ItemWindow& item : window.items) items.push_back(item_json(window, item));
    return pretty(json::object{{"sheet", window.sheet->name},
                               {"label", both(window.sheet->label)},
                               {"organisation", window.organisation},
                               {"definitions", window.definitions},
                               {"from", window.from.iso()},
                               {"to", window.to.iso()},
                               {"days", window.days()},
                               {"ledger_began", day_or_null(window.timeline->first_day())},
                               {"items", std::move(items)}});
}

std::string render_delimited(const Window& window, Language language, char separator) {
    std::string out = delimited_line(headings(language), separator) + '\n';
    for (const ItemWindow& item : window.items)
        out += delimited_line(
                   {std::to_string(item.item->number), item.item->code, item.item->question.in(language),
                    std::to_string(item.full), std::to_string(item.counted()), std::to_string(item.not_full),
                    std::to_string(item.not_applicable), std::to_string(item.unrecorded), intervals(item)},
                   separator) +
               '\n';
    return out;
}

}  // namespace maru::sheets
