#include "cli/tables.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <numeric>

#include "core/wrapping.hpp"

namespace maru::cli {

namespace {

constexpr std::size_t widest =
    40;  // columns of a cell in an overview, and of padding where width is no limit
constexpr std::string_view gap = "  ";  // between cells

using Widths = std::vector<std::size_t>;

std::size_t width_of_lines(const std::string& text) {
    std::size_t width = 0;
    for (const std::string& line : split(text, '\n')) width = std::max(width, display_width(line));
    return width;
}

Widths natural_widths(const Rows& rows) {
    Widths widths;
    for (const auto& row : rows) {
        if (widths.size() < row.size()) widths.resize(row.size());
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of_lines(row[i]));
    }
    return widths;
}

std::size_t sum_under(const Widths& widths, std::size_t cap) {
    return std::accumulate(widths.begin(), widths.end(), std::size_t{0},
                           [&](std::size_t sum, std::size_t width) { return sum + std::min(width, cap); });
}

// Narrow columns keep their width; the wide ones share what is left. The widths do not fit as they are.
Widths fitted(Widths widths, std::size_t available) {
    std::size_t cap = 2;
    while (sum_under(widths, cap + 1) <= available) ++cap;
    for (std::size_t& width : widths) width = std::min(width, cap);
    const std::size_t used = sum_under(widths, any_width);
    if (!widths.empty() && used < available) widths.back() += available - used;
    return widths;
}

void clip(Widths& widths) {
    for (std::size_t& width : widths) width = std::min(width, widest);
}

std::string padded(std::string text, std::size_t width) {
    text.append(width - std::min(width, display_width(text)), ' ');
    return text;
}

void add_line(std::string line, std::size_t indent, std::string& out) {
    line.erase(line.find_last_not_of(' ') + 1);
    if (!line.empty()) out.append(indent, ' ');
    out += line + "\n";
}

struct Layout {
    Widths widths;  // lines are padded to these
    std::size_t indent;
    bool wraps;
};

// A row takes as many lines as its highest cell.
void add_row(const std::vector<std::string>& row, const Layout& layout, std::string& out) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
        cells.push_back(wrapped(row[i], layout.wraps ? layout.widths[i] : any_width));
        height = std::max(height, cells.back().size());
    }
    for (std::size_t y = 0; y < height; ++y) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string text = y < cells[i].size() ? cells[i][y] : "";
            line += i + 1 == cells.size() ? text : padded(text, layout.widths[i]).append(gap);
        }
        add_line(std::move(line), layout.indent, out);
    }
}

std::string nothing_yet(const Session& session, const registers::Register& of) {
    return of.label.in(session.common.language) +
           session.say(": まだ記録がありません。登録: maru put ", ": no records yet. Add one: maru put ") +
           of.name + session.say(" 項目=値 …\n", " field=value …\n");
}

std::vector<std::string> labels_of(const registers::Register& of, const std::vector<std::string>& fields,
                                   Language language) {
    std::vector<std::string> labels;
    for (const std::string& name : fields) {
        const registers::Field* field = of.field(name);
        labels.push_back(field ? field->label.in(language) : name);
    }
    return labels;
}

std::string on_one_line(const std::string& text) { return join(split(text, '\n'), " ⏎ "); }

// From the left, those that fit; at least one.
std::vector<std::size_t> columns_that_fit(const Widths& widths, std::size_t available) {
    std::vector<std::size_t> shown;
    std::size_t used = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const std::size_t wide = widths[i] + gap.size();
        if (used + wide > available && !shown.empty()) continue;
        used += wide;
        shown.push_back(i);
    }
    return shown;
}

// The shown columns of a row, cut to their widths unless width is no limit.
std::string overview_line(const std::vector<std::string>& row, const std::vector<std::size_t>& shown,
                          const Widths& widths, std::size_t width) {
    std::string line;
    for (const std::size_t i : shown) {
        const std::string& text = row[i];
        const std::size_t limit = std::min(widths[i], width);
        line += padded(width == any_width ? text : fit_to_width(text, limit), limit).append(gap);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

bool is_cut(const Rows& rows, const std::vector<std::size_t>& shown, const Widths& widths) {
    return std::ranges::any_of(rows, [&](const auto& row) {
        return std::ranges::any_of(shown, [&](std::size_t i) { return display_width(row[i]) > widths[i]; });
    });
}

std::string how_many(const Session& session, std::size_t count) {
    if (session.common.language == Language::ja) return std::to_string(count) + " 件";
    return std::to_string(count) + (count == 1 ? " record" : " records");
}

// Where to see what did not fit.
std::string the_rest(const Session& session, const registers::Register& of) {
    return session.say("（入りきらない項目は省きました。すべて見る: maru show ",
                       " (what does not fit is left out; see it with maru show ") +
           of.name + session.say(" 番号、または --format csv）", " KEY, or --format csv)");
}

}  // namespace

std::vector<std::string> aligned_rows(const Rows& rows, std::size_t width, std::size_t indent) {
    Widths widths = natural_widths(rows);
    const std::size_t gaps = widths.empty() ? 0 : gap.size() * (widths.size() - 1);
    const std::size_t available = width - std::min(width, gaps + indent);
    const bool wraps = width != any_width;
    if (wraps && sum_under(widths, any_width) > available) widths = fitted(std::move(widths), available);
    if (!wraps) clip(widths);
    const Layout layout{std::move(widths), indent, wraps};
    std::vector<std::string> out;
    for (const auto& row : rows) add_row(row, layout, out.emplace_back());
    return out;
}

std::string aligned(const Rows& rows, std::size_t width, std::size_t indent) {
    return join(aligned_rows(rows, width, indent), "");
}

std::string sentence_lines(const std::string& text, std::size_t width, std::size_t indent) {
    const std::size_t command = text.rfind(": maru ");
    if (command == std::string::npos || width == any_width) return aligned({{text}}, width, indent);
    return aligned({{text.substr(0, command + 1)}}, width, indent) + std::string(indent + 2, ' ') +
           text.substr(command + 2) + "\n";
}

std::string record_table(const Session& session, const registers::Register& of,
                         const registers::Table& table) {
    if (table.rows.empty()) return nothing_yet(session, of);
    Rows rows{labels_of(of, table.headings, session.common.language)};
    for (const auto& row : table.rows) {
        rows.emplace_back();
        for (const std::string& cell : row) rows.back().push_back(on_one_line(cell));
    }
    Widths widths = natural_widths(rows);
    clip(widths);
    const std::vector<std::size_t> shown = columns_that_fit(widths, session.width);
    std::string out;
    for (const auto& row : rows) out += overview_line(row, shown, widths, session.width);
    const bool cut =
        shown.size() < widths.size() || (session.width != any_width && is_cut(rows, shown, widths));
    return out + how_many(session, table.rows.size()) + (cut ? the_rest(session, of) : "") + "\n";
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
