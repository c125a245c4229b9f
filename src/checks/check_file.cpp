// One check file (docs/formats/check.md).
#include <fmt/core.h>

#include "checks/check.hpp"
#include "files/toml_reader.hpp"
#include "sql/tokens.hpp"

namespace maru::checks {

namespace {

using files::Need;
using files::TomlReader;

WhenEmpty when_empty_of(const std::string& word) {
    if (word == "satisfied") return WhenEmpty::satisfied;
    if (word == "declared") return WhenEmpty::declared;
    return WhenEmpty::unknown;
}

std::string_view heading_of(std::string_view line) {
    std::string_view name = trim(line);
    if (!name.starts_with('[')) return {};
    name.remove_prefix(name.starts_with("[[") ? 2 : 1);
    return trim(name.substr(0, name.find_first_of(".]")));
}

// Follows TOML's strings and comments from line to line, as far as needed to tell a heading from a string's
// text.
class TomlLines {
public:
    bool in_string() const { return !closing_.empty(); }

    void read(std::string_view line) {
        for (std::size_t at = 0; at < line.size();)
            at += in_string() ? inside(line.substr(at)) : outside(line.substr(at));
        if (closing_.size() == 1) closing_ = {};  // only strings in three quotes go over the end of a line
    }

private:
    std::size_t outside(std::string_view rest) {
        if (rest[0] == '#') return rest.size();
        for (const std::string_view quote : {"\'\'\'", "\"\"\"", "\'", "\""}) {
            if (!rest.starts_with(quote)) continue;
            closing_ = quote;
            return quote.size();
        }
        return 1;
    }

    std::size_t inside(std::string_view rest) {
        if (closing_[0] == '"' && rest[0] == '\\') return 2;
        if (!rest.starts_with(closing_)) return 1;
        std::size_t size = closing_.size();
        // Up to two quotes more belong to a string of three: """ends in two"""""
        while (closing_.size() == 3 && size < 5 && size < rest.size() && rest[size] == closing_[0]) ++size;
        closing_ = {};
        return size;
    }

    std::string_view closing_;  // the quotes that end the string we are in
};

// The file without [example] and [[breaks]], line numbers kept: three quarters of the parsing time lie there.
std::string without_examples(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    TomlLines lines;
    bool skipped = false;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        if (!lines.in_string()) {
            if (const auto heading = heading_of(line); !heading.empty())
                skipped = heading == "example" || heading == "breaks";
        }
        lines.read(line);
        if (!skipped) out.append(line);
        out.push_back('\n');
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return out;
}

std::map<std::string, std::string> read_fields(const toml::table& fields, TomlReader& in,
                                               const std::string& place) {
    std::map<std::string, std::string> out;
    for (const auto& [name, node] : fields) {
        auto value = files::written(node);
        if (!value)
            in.refuse(place + "." + std::string(name.str()),
                      {"値を書いてください。", "must be a value, not a table"});
        out[std::string(name.str())] = value.value_or("");
    }
    return out;
}

ExampleRecords read_records(const toml::table* registers, TomlReader& in, const std::string& key) {
    ExampleRecords out;
    if (!registers) return out;
    for (const auto& [register_name, aliases] : *registers) {
        const std::string name(register_name.str());
        const auto* records = aliases.as_table();
        if (!records) {
            in.refuse(key + "." + name, {"別名ごとの表で書いてください。", "must be a table of aliases"});
            continue;
        }
        for (const auto& [alias, fields] : *records) {
            const std::string place = key + "." + name + "." + std::string(alias.str());
            if (!fields.is_table())
                in.refuse(place, {"項目の表で書いてください。", "must be a table of fields"});
            if (const auto* table = fields.as_table()) {
                out[name][std::string(alias.str())] = read_fields(*table, in, place);
            }
        }
    }
    return out;
}

Example read_example(const toml::table& table, const std::string& where, std::optional<Error>& error) {
    TomlReader in(table, where + " [example]", error);
    Example out;
    out.today = in.day("today", Need::required).value_or(Day());
    out.item = in.text("item", Need::optional);
    out.records = read_records(in.table("records", Need::optional), in, "records");
    in.refuse_other_keys();
    return out;
}

Break read_break(const toml::table& table, const std::string& where, std::optional<Error>& error) {
    TomlReader in(table, where, error);
    Break out;
    out.reason = in.text("reason", Need::required);
    out.subject = in.text("subject", Need::required);
    out.state = in.one_of("state", "missing", {"missing", "expired", "unknown"});
    out.today = in.day("today", Need::optional);
    out.put = read_records(in.table("put", Need::optional), in, "put");
    out.remove = in.texts("remove");
    in.refuse_other_keys();
    return out;
}

void read_reasons(Check& check, const toml::table* reasons, const std::string& where,
                  std::optional<Error>& error) {
    if (!reasons) return;
    TomlReader in(*reasons, where + " [reasons]", error);
    for (const auto& [code, sentence] : *reasons)
        check.reasons[std::string(code.str())] = in.both(std::string(code.str()));
}

void read_examples(Check& check, TomlReader& in, const std::string& where, std::optional<Error>& error,
                   With with) {
    const auto* example = in.table("example", with == With::examples ? Need::required : Need::optional);
    const auto* breaks = in.tables("breaks");
    if (with == With::definitions) return;
    if (example) check.example = read_example(*example, where, error);
    for (std::size_t i = 0; breaks && i < breaks->size(); ++i) {
        check.breaks.push_back(
            read_break(*(*breaks)[i].as_table(), fmt::format("{} [[breaks]] {}", where, i + 1), error));
    }
}

void read_rules(Check& check, TomlReader& in) {
    check.subject = in.text("subject", Need::required);
    check.when_empty =
        when_empty_of(in.one_of("when_empty", "unknown", {"unknown", "satisfied", "declared"}));
    check.scope = in.text("scope", Need::optional);
    check.grace = static_cast<int>(in.integer("grace", 0, 0, 3650));
    check.window = static_cast<int>(in.integer("window", 0, 1, 36500));
    check.tolerance = static_cast<int>(in.integer("tolerance", 0, 1, 5));
    check.minutes = static_cast<int>(in.integer("minutes", 10, 1, 100'000));
    check.mirrors = in.texts("mirrors");
    if ((check.when_empty == WhenEmpty::declared) != !check.scope.empty()) {
        in.refuse("scope", {"when_empty = \"declared\" と組で書いてください。",
                            "goes with when_empty = \"declared\""});
    }
}

}  // namespace

Result<Check> parse_check(std::string_view text, const std::filesystem::path& file, With with) {
    const std::string where = file.filename().string();
    if (!is_utf8(text))
        return fail(ErrorKind::invalid, {where + " は UTF-8 ではありません。UTF-8 で保存し直してください。",
                                         where + " is not UTF-8; save it as UTF-8"});
    const toml::table table =
        TRY(with == With::examples ? files::parse(text, where) : files::parse(without_examples(text), where));
    std::optional<Error> error;
    TomlReader in(table, where, error);
    Check check;
    check.name = file.stem().string();
    check.title = in.both("title");
    check.why = in.both("why");
    check.todo = in.both("todo");
    check.sql = in.text("sql", Need::required);
    check.item_key = in.text("item_key", Need::optional);
    check.stages = in.text("stages", Need::optional);
    if (check.stages.empty() == sql::calls(check.sql, "stage"))
        in.refuse("stages", {"sql の stage() と組で書いてください。", "goes with stage() in sql"});
    read_rules(check, in);
    read_reasons(check, in.table("reasons", Need::required), where, error);
    read_examples(check, in, where, error, with);
    in.refuse_other_keys();
    if (error) return std::unexpected(std::move(*error));
    check.uses_item = sql::calls(check.sql, "item");
    if (!check.item_key.empty() && !check.uses_item)
        return fail(ErrorKind::invalid, {where + ": item_key は item() を使う点検だけに書けます。",
                                         where + ": item_key is for checks that call item()"});
    return check;
}

}  // namespace maru::checks
