#include "schema/field_file.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "core/day.hpp"
#include "registers/nearest.hpp"
#include "schema/names.hpp"
#include "schema/roles.hpp"
#include "values/scalars.hpp"

namespace maru::registers {

namespace {

struct NamedType {
    std::string_view name;
    FieldType type;
};

constexpr std::array types = std::to_array<NamedType>({
    {"text", FieldType::text},
    {"long_text", FieldType::long_text},
    {"integer", FieldType::integer},
    {"decimal", FieldType::decimal},
    {"money", FieldType::money},
    {"date", FieldType::date},
    {"instant", FieldType::instant},
    {"boolean", FieldType::boolean},
    {"choice", FieldType::choice},
    {"reference", FieldType::reference},
    {"person", FieldType::person},
    {"list", FieldType::list},
    {"file", FieldType::file},
    {"url", FieldType::url},
    {"mail", FieldType::mail},
    {"mac_address", FieldType::mac_address},
    {"sha256", FieldType::sha256},
});

constexpr std::array formats =
    std::to_array<std::string_view>({"code", "country", "furigana", "hostname", "ip", "phone"});

struct NamedWhen {
    std::string_view name;
    When when;
};

constexpr std::array whens = std::to_array<NamedWhen>(
    {{"past", When::past}, {"start", When::start}, {"end", When::end}, {"limit", When::limit}});

bool fits_a_list(FieldType type) {
    using enum FieldType;
    return type == text || type == choice || type == reference || type == person || type == date ||
           type == integer;
}

FieldType read_type(TomlReader& reader, std::string_view key) {
    const std::string name = reader.text(key, Need::required);
    const auto* const found = std::ranges::find(types, name, &NamedType::name);
    if (found != types.end()) return found->type;
    std::vector<std::string> names;
    for (const NamedType& type : types) names.emplace_back(type.name);
    reader.refuse(
        key, {fmt::format("型「{}」はありません。次のどれかで書いてください: {}", name, join(names, ", ")),
              fmt::format("there is no type {}; it is one of {}", name, join(names, ", "))});
    return FieldType::text;
}

// "laptop = {ja, en}" in the order of the file: people choose in that order.
std::vector<Choice> read_choices(TomlReader& reader) {
    const toml::table* table = reader.table("choices", Need::required);
    if (!table) return {};
    TomlReader choices(*table, reader.where() + " choices");
    std::vector<std::pair<toml::source_position, Choice>> found;
    for (const auto& [key, node] : *table)
        found.emplace_back(key.source().begin,
                           Choice{std::string(key.str()), choices.both(key.str(), Need::required)});
    std::ranges::sort(found, [](const auto& a, const auto& b) { return a.first < b.first; });
    reader.take(choices.finish());
    std::vector<Choice> out;
    for (auto& [at, choice] : found) out.push_back(std::move(choice));
    return out;
}

bool is_choice_code(std::string_view code) {
    return !code.empty() && code.size() <= 64 && std::ranges::all_of(code, [](unsigned char c) {
        return std::isalnum(c) || c == '_' || c == '-' || c == '.';
    });
}

// People write the code or a label, so no two choices may share one.
void check_choices(TomlReader& reader, const Field& field) {
    if (field.choices.empty())
        reader.refuse("choices", {"選択肢を書いてください。", "needs at least one choice"});
    std::map<std::string, std::string> owner;
    for (const Choice& choice : field.choices) {
        if (!is_choice_code(choice.code))
            reader.refuse("choices",
                          {fmt::format("「{}」は半角英数字と _ - . で書いてください。", choice.code),
                           fmt::format("{}: codes have ASCII letters, digits, _ - and .", choice.code)});
        for (const std::string& written : {choice.code, choice.label.ja, choice.label.en}) {
            const auto [at, fresh] = owner.emplace(folded(trim(written)), choice.code);
            if (!fresh && at->second != choice.code)
                reader.refuse(
                    "choices",
                    {fmt::format("{} と {} の表示名「{}」が同じです。", at->second, choice.code, written),
                     fmt::format("{} and {} are both written {}", at->second, choice.code, written)});
        }
    }
}

void read_text_limits(TomlReader& reader, Field& field) {
    const int usual = field.element() == FieldType::long_text ? 20'000 : 200;
    field.max_length = static_cast<int>(reader.between("max_length", usual, 1, 1'000'000));
    if (field.element() == FieldType::long_text || !reader.has("format")) return;
    field.format = reader.text("format", Need::required);
    if (std::ranges::find(formats, field.format) == formats.end())
        reader.refuse("format", {"code, country, furigana, hostname, ip, phone のどれかで書いてください。",
                                 "is one of code, country, furigana, hostname, ip, phone"});
}

// A bound as people write the value, in stored units.
std::optional<std::int64_t> read_bound(TomlReader& reader, const Field& field, std::string_view key) {
    const toml::node* node = reader.node(key, Need::optional);
    if (!node) return std::nullopt;
    std::string written;
    if (const auto* whole = node->as_integer()) written = fmt::format("{}", whole->get());
    if (const auto* text = node->as_string()) written = text->get();
    if (const auto* real = node->as_floating_point()) written = fmt::format("{}", real->get());
    const auto value = parse_number(field, written);
    if (value) return std::get<std::int64_t>(*value);
    reader.refuse(key, value.error().message);
    return std::nullopt;
}

void read_number_limits(TomlReader& reader, Field& field) {
    const auto min = read_bound(reader, field, "min");
    const auto max = read_bound(reader, field, "max");
    if (min && max && *min > *max) reader.refuse("max", {"min より小さくなっています。", "is less than min"});
    field.min = min;
    field.max = max;
    if (reader.has("unit")) field.unit = reader.both("unit", Need::required);
}

void read_decimal(TomlReader& reader, Field& field) {
    field.scale = static_cast<int>(reader.between("scale", 1, 1, 9));
    read_number_limits(reader, field);
}

void read_money(TomlReader& reader, Field& field) {
    field.currency = reader.has("currency") ? reader.text("currency", Need::required) : "JPY";
    const bool code = field.currency.size() == 3 &&
                      std::ranges::all_of(field.currency, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!code)
        reader.refuse("currency",
                      {"ISO 4217 の3文字（JPY など）で書いてください。", "is an ISO 4217 code such as JPY"});
    read_number_limits(reader, field);
}

std::optional<std::string> read_day(TomlReader& reader, std::string_view key) {
    const toml::node* node = reader.node(key, Need::optional);
    if (!node) return std::nullopt;
    std::string written;
    if (const auto* text = node->as_string()) written = text->get();
    if (const auto* date = node->as_date())
        written = fmt::format("{:04}-{:02}-{:02}", date->get().year, date->get().month, date->get().day);
    if (parse_iso_day(written)) return written;
    reader.refuse(key, {"日付（2026-11-23）で書いてください。", "must be a date such as 2026-11-23"});
    return std::nullopt;
}

When read_when(TomlReader& reader, const Field& field) {
    if (!reader.has("when")) return When::unsaid;
    if (field.is_list()) reader.refuse("when", {"リストには使えません。", "is not for lists"});
    const std::string name = reader.text("when", Need::required);
    const auto* const found = std::ranges::find(whens, name, &NamedWhen::name);
    if (found != whens.end()) return found->when;
    reader.refuse(
        "when", {"past, start, end, limit のどれかで書いてください。", "is one of past, start, end, limit"});
    return When::unsaid;
}

void read_date_limits(TomlReader& reader, Field& field) {
    field.when = read_when(reader, field);
    field.min_day = read_day(reader, "min");
    field.max_day = read_day(reader, "max");
    if (field.min_day && field.max_day && *field.min_day > *field.max_day)
        reader.refuse("max", {"min より前です。", "lies before min"});
}

void read_attributes(TomlReader& reader, Field& field) {
    switch (field.element()) {
        case FieldType::text:
        case FieldType::long_text: return read_text_limits(reader, field);
        case FieldType::integer: return read_number_limits(reader, field);
        case FieldType::decimal: return read_decimal(reader, field);
        case FieldType::money: return read_money(reader, field);
        case FieldType::date: return read_date_limits(reader, field);
        case FieldType::choice: field.choices = read_choices(reader); return check_choices(reader, field);
        case FieldType::reference: field.to = reader.text("to", Need::required); return;
        case FieldType::person: field.to = "person"; return;
        case FieldType::instant: field.when = read_when(reader, field); return;
        case FieldType::boolean:
        case FieldType::list:
        case FieldType::file:
        case FieldType::url:
        case FieldType::mail:
        case FieldType::mac_address:
        case FieldType::sha256: return;
    }
}

void read_list(TomlReader& reader, Field& field) {
    field.of = read_type(reader, "of");
    if (!fits_a_list(field.of))
        reader.refuse("of", {"リストの要素は text, choice, reference, person, date, integer のどれかです。",
                             "is one of text, choice, reference, person, date, integer"});
}

void check_name(TomlReader& reader, const Field& field) {
    if (!is_name(field.name))
        reader.refuse("name",
                      {"英小文字で始まる英小文字・数字・_ の48文字以内で書いてください。",
                       "has lower-case letters, digits and _, begins with a letter, at most 48 characters"});
    else if (is_sql_keyword(field.name) || is_own_column(field.name))
        reader.refuse("name",
                      {fmt::format("「{}」は SQL か maru が使う語です。別の名前にしてください。", field.name),
                       fmt::format("{} is a word of SQL or of maru; choose another name", field.name)});
}

void check_unique(TomlReader& reader, const Field& field) {
    if (field.unique && (field.is_list() || field.type == FieldType::long_text))
        reader.refuse("unique", {"リストと long_text には使えません。", "is not for lists and long_text"});
}

std::string place_of(const toml::table& table, const std::string& file) {
    const std::string name = table["name"].value_or(std::string("?"));
    return fmt::format("{} field {} (line {})", file, name, table.source().begin.line);
}

}  // namespace

Result<Field> read_field(const toml::table& table, const std::string& file) {
    TomlReader reader(table, place_of(table, file));
    Field field;
    field.number = static_cast<int>(reader.between("number", 0, 1, 100'000));
    field.name = reader.text("name", Need::required);
    check_name(reader, field);
    field.label = reader.both("label", Need::required);
    field.help = reader.both("help", Need::optional);
    field.required = reader.flag("required");
    field.unique = reader.flag("unique");
    field.personal = reader.flag("personal");
    field.read = read_roles(reader, "read", {});
    field.type = read_type(reader, "type");
    if (field.is_list()) read_list(reader, field);
    read_attributes(reader, field);
    check_unique(reader, field);
    TRY(reader.finish());
    return field;
}

}  // namespace maru::registers
