#include "cli/tables.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace maru::cli {

namespace {

constexpr std::size_t widest = 40;      // columns of a cell that is not the last
constexpr std::size_t narrowest = 20;   // columns that the last cell gets in any case
constexpr std::string_view gap = "  ";  // between cells

std::string first_line(const std::string& text) { return split(text, '\n').front(); }

std::vector<std::size_t> widths_of(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        if (widths.size() < row.size()) widths.resize(row.size());
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], std::min(display_width(first_line(row[i])), widest));
    }
    return widths;
}

std::string cell(const std::string& text, std::size_t width) {
    const std::string cut = fit_to_width(text, width);
    return cut + std::string(width - std::min(width, display_width(cut)), ' ');
}

std::string nothing_yet(const Session& session, const registers::Register& of) {
    return of.label.in(session.common.language) +
           session.say(": まだ記録がありません。登録: maru put ", ": no records yet. Add one: maru put ") +
           of.name + session.say(" 項目=値 …\n", " field=value …\n");
}

std::vector<std::string> labels_of(const registers::Register& of, const std::vector<std::string>& fields,
                                   Language language) {
    std::vector<std::string> labels;
    for (const std::string& field : fields) labels.push_back(of.field(field)->label.in(language));
    return labels;
}

// From the left, those that fit; at least one.
std::vector<std::size_t> columns_that_fit(const std::vector<std::string>& labels,
                                          const registers::Table& table, std::size_t width) {
    const std::vector<std::size_t> widths = widths_of(table.rows);
    const std::vector<std::size_t> least = widths_of({labels});
    std::vector<std::size_t> shown;
    std::size_t used = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::size_t wide = std::max(widths[i], least[i]) + gap.size();
        if (used + wide > width && !shown.empty()) continue;
        used += wide;
        shown.push_back(i);
    }
    return shown;
}

std::vector<std::string> picked(const std::vector<std::string>& cells,
                                const std::vector<std::size_t>& columns) {
    std::vector<std::string> out;
    for (const std::size_t column : columns) out.push_back(cells[column]);
    return out;
}

}  // namespace

std::string aligned(const std::vector<std::vector<std::string>>& rows, std::size_t width) {
    const std::vector<std::size_t> widths = widths_of(rows);
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        std::size_t used = 0;
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            line += cell(first_line(row[i]), widths[i]).append(gap);
            used += widths[i] + gap.size();
        }
        const std::size_t rest = std::max(narrowest, width - std::min(width, used));
        if (!row.empty()) line += fit_to_width(first_line(row.back()), rest);
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return out;
}

std::string record_table(const Session& session, const registers::Register& of,
                         const registers::Table& table) {
    if (table.rows.empty()) return nothing_yet(session, of);
    const std::vector<std::string> labels = labels_of(of, table.headings, session.common.language);
    const std::vector<std::size_t> shown = columns_that_fit(labels, table, session.width);
    std::vector<std::vector<std::string>> rows{picked(labels, shown)};
    for (const auto& row : table.rows) rows.push_back(picked(row, shown));
    return aligned(rows, session.width) + std::to_string(table.rows.size()) +
           session.say(" 件\n", " records\n");
}

std::string json_rows(const registers::Table& table) {
    std::string out = "[";
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        boost::json::object object;
        for (std::size_t i = 0; i < table.headings.size(); ++i) object[table.headings[i]] = table.rows[r][i];
        out += (r == 0 ? "\n" : ",\n") + boost::json::serialize(object);
    }
    return out + "\n]\n";
}

}  // namespace maru::cli
