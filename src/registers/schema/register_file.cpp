#include "schema/register_file.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "registers/nearest.hpp"
#include "schema/erasure_file.hpp"
#include "schema/field_file.hpp"
#include "schema/names.hpp"
#include "schema/roles.hpp"
#include "schema/toml_reader.hpp"
#include "values/scalars.hpp"

namespace maru::registers {

namespace {

Result<std::string> read_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (in.is_open() && !in.bad()) return text;
    return fail(ErrorKind::not_found,
                {fmt::format("{} を読めません。ファイルの有無と権限を確かめてください。", file.string()),
                 fmt::format("cannot read {}; see that it exists and may be read", file.string())});
}

Result<toml::table> parse(std::string_view text, const std::string& name) {
    try {
        return toml::parse(text, name);
    } catch (const toml::parse_error& error) {
        const auto [line, column] = error.source().begin;
        const std::string what(error.description());
        return fail(
            ErrorKind::invalid,
            {fmt::format(
                 "{} {} 行目 {} 文字目: TOML として読めません。引用符・括弧・= と改行を確かめてください。",
                 name, line, column),
             fmt::format("{} line {}: not TOML: {}", name, line, what)});
    }
}

Text no_such_field(const Register& of, std::string_view name) {
    std::vector<std::string> names;
    for (const Field& field : of.fields) names.push_back(field.name);
    std::vector<std::string> near = nearest(name, names);
    const std::string proposed = join(near.empty() ? names : near, ", ");
    return {fmt::format("項目「{}」はありません。候補: {}", name, proposed),
            fmt::format("there is no field {}; there are {}", name, proposed)};
}

// Import finds a field by its name or label, so no two fields may share one.
void check_headings(TomlReader& reader, const Register& in) {
    std::map<std::string, std::string> owner;
    for (const Field& field : in.fields) {
        for (const std::string& heading : {field.name, field.label.ja, field.label.en}) {
            const auto [at, fresh] = owner.emplace(folded(trim(heading)), field.name);
            if (!fresh && at->second != field.name)
                reader.refuse(
                    "field",
                    {fmt::format("{} と {} の見出し「{}」が同じです。", at->second, field.name, heading),
                     fmt::format("{} and {} share the heading {}", at->second, field.name, heading)});
        }
    }
}

Result<void> read_fields(TomlReader& reader, Register& into, const std::string& file) {
    std::set<int> numbers;
    std::set<std::string> names;
    for (const toml::table* table : reader.tables("field")) {
        Field field = TRY(read_field(*table, file));
        if (!numbers.insert(field.number).second)
            reader.refuse("field", {fmt::format("番号 {} が2度使われています。", field.number),
                                    fmt::format("number {} is used twice", field.number)});
        if (!names.insert(field.name).second)
            reader.refuse("field", {fmt::format("名前「{}」が2度使われています。", field.name),
                                    fmt::format("the name {} is used twice", field.name)});
        into.fields.push_back(std::move(field));
    }
    if (into.fields.empty())
        reader.refuse("field", {"[[field]] を1つ以上書いてください。", "needs at least one [[field]]"});
    check_headings(reader, into);
    return {};
}

Result<void> read_rules(TomlReader& reader, Register& into, const std::string& file) {
    for (const toml::table* table : reader.tables("rule")) {
        TomlReader rule(*table, fmt::format("{} rule (line {})", file, table->source().begin.line));
        into.rules.push_back({rule.text("require", Need::required), rule.both("message", Need::required)});
        TRY(rule.finish());
    }
    return {};
}

// A field that can stand in a key or an index: one column of a table.
const Field* scalar_field(TomlReader& reader, std::string_view key, const Register& of,
                          const std::string& name) {
    const Field* field = of.field(name);
    if (!field) reader.refuse(key, no_such_field(of, name));
    if (!field || (!field->is_list() && field->type != FieldType::long_text)) return field;
    reader.refuse(key, {fmt::format("「{}」はリストか long_text なので使えません。", name),
                        fmt::format("{} is a list or a long_text and cannot stand here", name)});
    return nullptr;
}

void read_key(TomlReader& reader, Register& into) {
    into.key = reader.texts("key");
    if (into.key.empty())
        reader.refuse("key",
                      {"自然キーの項目名を書いてください。", "needs the names of the natural key's fields"});
    if (std::set<std::string>(into.key.begin(), into.key.end()).size() != into.key.size())
        reader.refuse("key", {"同じ項目が2度あります。", "names a field twice"});
    for (const std::string& name : into.key) {
        if (!scalar_field(reader, "key", into, name)) return;
        // A record without its key could be neither found nor imported again.
        std::ranges::find(into.fields, name, &Field::name)->required = true;
    }
}

void read_title(TomlReader& reader, Register& into) {
    into.title = reader.text("title", Need::required);
    if (!reader.failed()) (void)scalar_field(reader, "title", into, into.title);
}

void read_subject(TomlReader& reader, Register& into) {
    const auto personal = std::ranges::find(into.fields, true, &Field::personal);
    into.subject = reader.text("subject", personal == into.fields.end() ? Need::optional : Need::required);
    if (reader.failed() || into.subject.empty()) return;
    if (into.subject == "id" && into.name == "person") return;
    const Field* field = into.field(into.subject);
    if (!field) return reader.refuse("subject", no_such_field(into, into.subject));
    const bool names_person = !field->is_list() && field->is_reference() && field->to == "person";
    if (!names_person)
        reader.refuse("subject", {"本人を指す person 型の項目を書いてください（台帳 person だけは \"id\"）。",
                                  "must be a field of type person (\"id\" in the register person only)"});
}

void read_indexes(TomlReader& reader, Register& into) {
    const toml::node* node = reader.node("indexes", Need::optional);
    if (!node) return;
    const auto* lists = node->as_array();
    for (std::size_t i = 0; lists && i < lists->size(); ++i) {
        std::vector<std::string> columns;
        const auto* names = (*lists)[i].as_array();
        for (std::size_t k = 0; names && k < names->size(); ++k)
            columns.push_back((*names)[k].value_or(std::string()));
        if (columns.empty()) break;
        for (const std::string& name : columns)
            if (!scalar_field(reader, "indexes", into, name)) return;
        into.indexes.push_back(std::move(columns));
    }
    if (!lists || into.indexes.size() != lists->size())
        reader.refuse("indexes", {"[[\"項目\", …], …] で書いてください。", "must be [[\"field\", …], …]"});
}

Result<void> check_register_name(const std::string& name, const std::string& file) {
    if (is_name(name) && !is_sql_keyword(name) && !is_fixed_table(name)) return {};
    return fail(ErrorKind::invalid,
                {fmt::format("{}: ファイル名（台帳名）は英小文字で始まる英小文字・数字・_ で、SQL や maru "
                             "が使う語以外にしてください。",
                             file),
                 fmt::format("{}: the file's stem is the register's name: lower-case letters, digits and _, "
                             "no word of SQL or of maru",
                             file)});
}

}  // namespace

Result<Register> read_register(const std::filesystem::path& path) {
    return parse_register(TRY(read_text(path)), path);
}

Result<Register> parse_register(std::string_view text, const std::filesystem::path& path) {
    const std::string file = path.filename().string();
    Register out;
    out.name = path.stem().string();
    TRY(check_register_name(out.name, file));
    const toml::table table = TRY(parse(text, file));
    TomlReader reader(table, file);
    out.number = static_cast<int>(reader.between("number", 0, 1, 100'000));
    out.label = reader.both("label", Need::required);
    out.help = reader.both("help", Need::required);
    out.write = read_roles(reader, "write", {"security_office"});
    out.read = read_roles(reader, "read", {"everyone"});
    TRY(read_fields(reader, out, file));
    read_key(reader, out);
    read_title(reader, out);
    read_subject(reader, out);
    read_indexes(reader, out);
    TRY(read_erasure(reader, out));
    TRY(read_rules(reader, out, file));
    TRY(reader.finish());
    return out;
}

}  // namespace maru::registers
