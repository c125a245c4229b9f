#include "cli/tables.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>

namespace maru::cli {

namespace {

std::vector<std::size_t> widths_of(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        if (widths.size() < row.size()) widths.resize(row.size());
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], std::min<std::size_t>(display_width(row[i]), 40));
    }
    return widths;
}

std::string cell(const std::string& text, std::size_t width) {
    const std::string cut = fit_to_width(text, width);
    return cut + std::string(width - std::min(width, display_width(cut)), ' ');
}

std::string first_line(const std::string& text) { return split(text, '\n').front(); }

}  // namespace

std::string aligned(const std::vector<std::vector<std::string>>& rows, std::size_t width) {
    const auto widths = widths_of(rows);
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        std::size_t used = 0;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool last = i + 1 == row.size();
            const std::string text = first_line(row[i]);
            line += last ? fit_to_width(text, width > used + 20 ? width - used : 20)
                         : cell(text, widths[i]) + "  ";
            used += widths[i] + 2;
        }
        out += std::string(line.substr(0, line.find_last_not_of(' ') + 1)) + "\n";
    }
    return out;
}

std::string record_table(const Session& session, const registers::Register& of,
                         const registers::Table& table) {
    if (table.rows.empty())
        return of.label.in(session.common.language) +
               session.say(": まだ記録がありません。登録: maru put ",
                           ": no records yet. Add one: maru put ") +
               of.name + session.say(" 項目=値 …\n", " field=value …\n");
    std::vector<std::size_t> shown;
    std::size_t used = 0;
    const auto widths = widths_of(table.rows);
    for (std::size_t i = 0; i < table.headings.size(); ++i) {
        const std::string& label = of.field(table.headings[i])->label.in(session.common.language);
        const std::size_t wide =
            std::max(i < widths.size() ? widths[i] : 0, std::min<std::size_t>(display_width(label), 40)) + 2;
        if (used + wide > session.width && !shown.empty()) continue;
        used += wide;
        shown.push_back(i);
    }
    std::vector<std::vector<std::string>> rows(1);
    for (const std::size_t i : shown)
        rows[0].push_back(of.field(table.headings[i])->label.in(session.common.language));
    for (const auto& row : table.rows) {
        rows.emplace_back();
        for (const std::size_t i : shown) rows.back().push_back(row[i]);
    }
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

bool is_empty(const registers::FieldValue& value) {
    if (const auto* list = std::get_if<std::vector<store::Value>>(&value)) return list->empty();
    return store::is_null(std::get<store::Value>(value));
}

Result<std::int64_t> find_any_record(store::Database& reader, const registers::Schema& schema,
                                     const registers::Register& of, const std::string& written) {
    if (written.starts_with('#') && written.size() > 1 &&
        written.find_first_not_of("0123456789", 1) == std::string::npos && written.size() < 19) {
        const std::int64_t id = std::stoll(written.substr(1));
        if (!TRY(registers::history(reader, of, id)).empty()) return id;
    }
    return registers::resolve(reader, schema, of, written);
}

Result<std::string> store_file(registers::Organisation& organisation, const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return fail(ErrorKind::not_found, {"ファイル " + file.string() + " を開けません。",
                                           "cannot open the file " + file.string() + "."});
    const Bytes bytes{std::istreambuf_iterator<char>(stream), {}};
    return hex(TRY(organisation.blobs().put(bytes)));
}

}  // namespace maru::cli
