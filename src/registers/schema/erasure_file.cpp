#include "schema/erasure_file.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace maru::registers {

namespace {

Text no_field(std::string_view name, Text wanted) {
    return {fmt::format("「{}」は{}ではありません。", name, wanted.ja),
            fmt::format("{} is not {}", name, wanted.en)};
}

bool is_date(const Field* field) {
    return field && (field->type == FieldType::date || field->type == FieldType::instant);
}

bool names_person(const Register& of, const std::string& name) {
    if (name == "id") return of.name == "person";
    const Field* field = of.field(name);
    return field && field->is_reference() && field->to == "person";
}

// "left_on" of "person.left_on" when `person` is the subject's field; nullopt otherwise.
std::optional<std::string> date_of_subject(const Register& of, const std::string& from) {
    const std::string head = of.subject + ".";
    if (of.subject.empty() || of.subject == "id" || !from.starts_with(head)) return std::nullopt;
    return from.substr(head.size());
}

std::vector<std::string> personal_fields(const Register& of) {
    std::vector<std::string> out;
    for (const Field& field : of.fields)
        if (field.personal) out.push_back(field.name);
    return out;
}

void read_from(TomlReader& reader, const Register& of, Retention& into) {
    into.from = reader.texts("from");
    if (into.from.empty()) reader.refuse("from", {"日付の項目を書いてください。", "names a date"});
    for (const std::string& name : into.from)
        if (!date_of_subject(of, name) && !is_date(of.field(name)))
            reader.refuse("from", no_field(name, {"日付の項目", "a date of the register"}));
}

void read_covered(TomlReader& reader, const Register& of, Retention& into) {
    into.fields = reader.texts("fields");
    for (const std::string& name : into.fields) {
        const Field* field = of.field(name);
        if (!field || !field->personal)
            reader.refuse("fields", no_field(name, {"個人データの項目", "a personal field"}));
    }
    if (into.fields.empty()) into.fields = personal_fields(of);
}

Result<Retention> read_one(const toml::table& table, const std::string& where, const Register& of) {
    TomlReader reader(table, where);
    Retention out;
    out.basis = reader.both("basis", Need::required);
    out.source = reader.text("source", Need::required);
    out.years = static_cast<int>(reader.between("years", 0, 0, 100));
    out.months = static_cast<int>(reader.between("months", 0, 0, 1200));
    if (out.years + out.months == 0) reader.refuse("years", {"年数を書いてください。", "says how long"});
    read_from(reader, of, out);
    out.where = reader.text("where", Need::optional);
    read_covered(reader, of, out);
    TRY(reader.finish());
    return out;
}

// A field that names a person, or "".
std::string read_person(TomlReader& reader, const Register& of, Need need) {
    std::string name = reader.text("person", need);
    if (!name.empty() && !names_person(of, name))
        reader.refuse("person", no_field(name, {"人を指す項目", "a field that names a person"}));
    return name;
}

Result<ErasureBlock> read_block(const toml::table& table, const std::string& where, const Register& of) {
    TomlReader reader(table, where);
    ErasureBlock out;
    out.person = read_person(reader, of, Need::required);
    out.where = reader.text("where", Need::optional);
    out.message = reader.both("message", Need::required);
    out.todo = reader.both("todo", Need::required);
    TRY(reader.finish());
    return out;
}

Result<CopyHint> read_copy(const toml::table& table, const std::string& where, const Register& of) {
    TomlReader reader(table, where);
    CopyHint out;
    out.person = read_person(reader, of, Need::optional);
    out.where = reader.text("where", Need::optional);
    out.note = reader.both("note", Need::required);
    TRY(reader.finish());
    return out;
}

std::string read_field(TomlReader& reader, std::string_view key, const Register& of) {
    std::string name = reader.text(key, Need::required);
    if (!name.empty() && !of.field(name)) reader.refuse(key, no_field(name, {"項目", "a field"}));
    return name;
}

Result<void> read_hold(TomlReader& reader, Register& into) {
    const toml::table* table = reader.table("hold", Need::optional);
    if (!table) return {};
    TomlReader hold(*table, reader.where() + " hold");
    Hold out;
    out.person = read_person(hold, into, Need::required);
    out.registers = read_field(hold, "registers", into);
    out.basis = read_field(hold, "basis", into);
    out.until = read_field(hold, "until", into);
    out.where = hold.text("where", Need::optional);
    const Field* registers = into.field(out.registers);
    if (registers && !registers->is_list())
        hold.refuse("registers", no_field(out.registers, {"リスト", "a list"}));
    if (into.field(out.until) && !is_date(into.field(out.until)))
        hold.refuse("until", no_field(out.until, {"日付の項目", "a date"}));
    into.hold = std::move(out);
    return hold.finish();
}

std::string place_of(const TomlReader& reader, std::string_view part, const toml::table& table) {
    return fmt::format("{} {} (line {})", reader.where(), part, table.source().begin.line);
}

}  // namespace

Result<void> read_erasure(TomlReader& reader, Register& into) {
    for (const toml::table* table : reader.tables("retention"))
        into.retention.push_back(TRY(read_one(*table, place_of(reader, "retention", *table), into)));
    if (!into.retention.empty() && personal_fields(into).empty())
        reader.refuse("retention", {"個人データの項目がない台帳には要りません。",
                                    "has nothing to keep: the register has no personal field"});
    for (const toml::table* table : reader.tables("erasure_block"))
        into.erasure_blocks.push_back(
            TRY(read_block(*table, place_of(reader, "erasure_block", *table), into)));
    for (const toml::table* table : reader.tables("copy"))
        into.copies.push_back(TRY(read_copy(*table, place_of(reader, "copy", *table), into)));
    return read_hold(reader, into);
}

Result<void> check_retention(const Register& of, const Schema& schema) {
    const Register* person = schema.find("person");
    for (const Retention& one : of.retention)
        for (const std::string& from : one.from) {
            const auto date = date_of_subject(of, from);
            if (!date || (person && is_date(person->field(*date)))) continue;
            return std::unexpected(
                prefixed(fmt::format("{}.toml retention from", of.name),
                         Error{ErrorKind::invalid,
                               no_field(from, {"従業者台帳の日付の項目", "a date of the register person"})}));
        }
    return {};
}

}  // namespace maru::registers
