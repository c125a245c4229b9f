// The diff as json, csv and tsv.
#include <algorithm>

#include "sheets/codes.hpp"
#include "sheets/diff.hpp"
#include "wording/delimited.hpp"
#include "wording/json.hpp"
#include "wording/pick.hpp"

namespace maru::sheets {

namespace json = boost::json;

namespace {

json::object place_json(const Place& place) { return {{"day", place.day.iso()}, {"entries", place.entries}}; }

json::object verdict_json(const Verdict& verdict) {
    return {{"verdict", code_of(verdict.mark)},
            {"remark", code_of(verdict.remark)},
            {"counts", counts_json(verdict.asked)}};
}

json::object field_json(const FieldChange& field) {
    json::object out{{"name", field.name}, {"label", both(field.label)}};
    if (field.hidden) {
        out["hidden"] = true;
    } else {
        out["before"] = both(field.before);
        out["after"] = both(field.after);
    }
    return out;
}

json::value cause_json(const std::optional<Cause>& cause) {
    if (!cause) return nullptr;
    json::array fields;
    for (const FieldChange& field : cause->fields) fields.push_back(field_json(field));
    json::object out{{"entry", cause->index},
                     {"at", format_instant_milliseconds(cause->at)},
                     {"kind", cause->kind},
                     {"actor", cause->actor}};
    if (cause->of == nullptr) return out;
    out["register"] = cause->of->name;
    out["record"] = cause->record;
    out["label"] = cause->record_label;
    if (!cause->reason.empty()) out["reason"] = cause->reason;
    out["fields"] = std::move(fields);
    return out;
}

// null where the row was not in the population.
json::value state_json(checks::RowState state, const Text& reason) {
    if (state == checks::RowState::absent) return nullptr;
    return json::object{{"state", code_of(state)}, {"sentence", both(reason)}};
}

json::object row_json(const RowDiff& row) {
    return {{"subject", row.subject},
            {"label", row.label},
            {"owner", row.owner},
            {"before", state_json(row.before, row.reason_before)},
            {"after", state_json(row.after, row.reason_after)},
            {"cause", cause_json(row.cause)}};
}

json::object check_json(const CheckDiff& check) {
    json::array rows, items;
    for (const RowDiff& row : check.rows) rows.push_back(row_json(row));
    for (const Item* item : check.items) items.push_back(item->number);
    json::object out{{"check", check.check->name},
                     {"title", both(check.check->title)},
                     {"items", std::move(items)},
                     {"before", counts_json(check.before)},
                     {"after", counts_json(check.after)},
                     {"came", check.came},
                     {"went", check.went},
                     {"changed", check.changed},
                     {"rows", std::move(rows)}};
    if (check.error_before) out["error_before"] = both(check.error_before->message);
    if (check.error_after) out["error_after"] = both(check.error_after->message);
    return out;
}

json::object item_json(const ItemDiff& item) {
    return {{"number", item.item->number},           {"code", item.item->code},
            {"question", both(item.item->question)}, {"before", verdict_json(item.before)},
            {"after", verdict_json(item.after)},     {"rows_compared", item.compared}};
}

constexpr std::size_t reason_column = 11;

std::vector<std::string> headings(Language language) {
    if (language == Language::ja)
        return {"種類",   "項目",   "判定前", "判定後",   "件数前", "件数後", "点検", "対象", "担当",
                "状態前", "状態後", "理由",   "変更記録", "日時",   "変更者", "台帳", "記録", "変更内容"};
    return {"Kind",  "Items",  "Mark before", "Mark after",   "Numbers before", "Numbers after",
            "Check", "Record", "Owner",       "State before", "State after",    "Reason",
            "Entry", "At",     "By",          "Register",     "Changed record", "Changes"};
}

std::string fields_text(const Cause& cause, Language language) {
    std::vector<std::string> out;
    for (const FieldChange& field : cause.fields)
        out.push_back(field.label.in(language) + ": " +
                      (field.hidden ? pick(language, "（非表示）", "(hidden)")
                                    : field.before.in(language) + " → " + field.after.in(language)));
    return join(out, "; ");
}

std::vector<std::string> item_cells(const ItemDiff& item, Language language) {
    std::vector<std::string> cells{"item",
                                   std::to_string(item.item->number),
                                   std::string(symbol(item.before.mark)),
                                   std::string(symbol(item.after.mark)),
                                   numbers(item.before.asked, language),
                                   numbers(item.after.asked, language)};
    cells.resize(headings(language).size());
    return cells;
}

std::string items_text(const CheckDiff& check) {
    std::vector<std::string> items;
    for (const Item* item : check.items) items.push_back(std::to_string(item->number));
    return join(items, ";");
}

std::vector<std::string> error_cells(const CheckDiff& check, const Place& side, const Error& error,
                                     Language language) {
    std::vector<std::string> cells{
        "error", items_text(check), "", "", "", "", check.check->title.in(language)};
    cells.resize(headings(language).size());
    cells[reason_column] = side.day.iso() + ": " + error.message.in(language);
    return cells;
}

std::vector<std::string> row_cells(const CheckDiff& check, const RowDiff& row, Language language) {
    std::vector<std::string> cells{
        "row",
        items_text(check),
        "",
        "",
        "",
        "",
        check.check->title.in(language),
        row.label,
        row.owner,
        state_name(row.before, language),
        state_name(row.after, language),
        (row.after == checks::RowState::absent ? row.reason_before : row.reason_after).in(language)};
    if (row.cause) {
        const Cause& cause = *row.cause;
        cells.insert(cells.end(), {std::to_string(cause.index), format_instant(cause.at), cause.actor,
                                   cause.of ? cause.of->label.in(language) : cause.kind, cause.record_label,
                                   cause.kind == "retire" ? cause.reason : fields_text(cause, language)});
    }
    cells.resize(headings(language).size());
    return cells;
}

}  // namespace

std::string render_json(const Diff& diff) {
    json::array items, checks;
    for (const ItemDiff& item : diff.items) items.push_back(item_json(item));
    for (const CheckDiff& check : diff.checks) checks.push_back(check_json(check));
    return pretty(json::object{{"sheet", diff.sheet->name},
                               {"label", both(diff.sheet->label)},
                               {"organisation", diff.organisation},
                               {"definitions", diff.definitions},
                               {"from", place_json(diff.from)},
                               {"to", place_json(diff.to)},
                               {"items", std::move(items)},
                               {"checks", std::move(checks)}});
}

std::string render_delimited(const Diff& diff, Language language, char separator) {
    std::string out;
    const auto line = [&](const std::vector<std::string>& cells) {
        out += delimited_line(cells, separator) + '\n';
    };
    line(headings(language));
    for (const ItemDiff& item : diff.items) line(item_cells(item, language));
    for (const CheckDiff& check : diff.checks) {
        if (check.error_before) line(error_cells(check, diff.from, *check.error_before, language));
        if (check.error_after) line(error_cells(check, diff.to, *check.error_after, language));
        for (const RowDiff& row : check.rows) line(row_cells(check, row, language));
    }
    return out;
}

}  // namespace maru::sheets
