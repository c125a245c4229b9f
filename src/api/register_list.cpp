// GET /registers and /registers/{register}: what a form, a list or an import needs to know.
#include <boost/json.hpp>

#include "api/endpoints.hpp"
#include "api/record_json.hpp"
#include "store/database.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using identity::Reach;
using registers::Field;
using registers::FieldType;
using registers::Register;

std::string_view name_of(FieldType type) {
    static constexpr std::string_view names[] = {
        "text",      "long_text", "integer", "decimal", "money", "date", "instant",     "boolean", "choice",
        "reference", "person",    "list",    "file",    "url",   "mail", "mac_address", "sha256"};
    return names[static_cast<std::size_t>(type)];
}

std::string_view name_of(registers::When when) {
    static constexpr std::string_view names[] = {"", "past", "start", "end", "limit"};
    return names[static_cast<std::size_t>(when)];
}

std::string_view name_of(Reach reach) {
    static constexpr std::string_view names[] = {"none", "own", "team", "all"};
    return names[static_cast<std::size_t>(reach)];
}

json::array choices_of(const Field& field, Language language) {
    json::array choices;
    for (const registers::Choice& choice : field.choices)
        choices.push_back({{"code", choice.code}, {"label", choice.label.in(language)}});
    return choices;
}

void set_unless_empty(json::object& into, std::string_view key, const std::string& value) {
    if (!value.empty()) into[key] = value;
}

void add_bounds(json::object& out, const Field& field) {
    if (field.min) out["min"] = *field.min;
    if (field.max) out["max"] = *field.max;
    if (field.min_day) out["min"] = *field.min_day;
    if (field.max_day) out["max"] = *field.max_day;
    if (field.max_length > 0) out["maxLength"] = field.max_length;
    if (field.scale > 0) out["scale"] = field.scale;
}

json::array fields_of(const Call& call, const Register& of) {
    json::array fields;
    for (const Field& field : of.fields)
        if (call.may().sees(of, field)) fields.push_back(json_of(field, call.language));
    return fields;
}

json::object head_of(const Call& call, const Register& of) {
    return {{"name", of.name},
            {"number", of.number},
            {"label", of.label.in(call.language)},
            {"help", of.help.in(call.language)},
            {"key", json::value_from(of.key)},
            {"title", of.title},
            {"subject", of.subject},
            {"read", name_of(call.may().read(of))},
            {"write", name_of(call.may().write(of))}};
}

Result<std::int64_t> count_of(store::Database& reader, const Register& of) {
    store::Statement* query = TRY(reader.cached("select count(*) from " + store::quoted(of.name)));
    const auto row = TRY(query->step());
    const std::int64_t count = row ? row->integer(0) : 0;
    query->reset();
    return count;
}

Result<http::Response> list(Call& call) {
    const auto reader = TRY(call.reader());
    json::array all;
    for (const Register& of : call.site.catalog().schema.all()) {
        if (call.may().read(of) == Reach::none) continue;
        json::object one = head_of(call, of);
        if (call.may().read(of) == Reach::all) one["count"] = TRY(count_of(*reader, of));
        all.push_back(std::move(one));
    }
    return json_response(json::object{{"at", reader.entries()}, {"registers", std::move(all)}});
}

Result<http::Response> definition(Call& call) {
    const Register& of = *TRY(readable_register(call));
    json::object out = head_of(call, of);
    out["fields"] = fields_of(call, of);
    return json_response(out);
}

}  // namespace

json::object json_of(const Field& field, Language language) {
    json::object out{{"name", field.name},          {"number", field.number},
                     {"type", name_of(field.type)}, {"label", field.label.in(language)},
                     {"required", field.required},  {"unique", field.unique},
                     {"personal", field.personal}};
    if (field.is_list()) out["of"] = name_of(field.of);
    set_unless_empty(out, "help", field.help.in(language));
    set_unless_empty(out, "to", field.to);
    set_unless_empty(out, "format", field.format);
    set_unless_empty(out, "currency", field.currency);
    set_unless_empty(out, "unit", field.unit.in(language));
    set_unless_empty(out, "when", std::string(name_of(field.when)));
    if (!field.choices.empty()) out["choices"] = choices_of(field, language);
    add_bounds(out, field);
    return out;
}

Result<const Register*> readable_register(const Call& call) {
    const Register* const of = TRY(call.site.catalog().schema.get(call.path["register"]));
    if (call.may().read(*of) != Reach::none) return of;
    return fail(
        ErrorKind::forbidden,
        {"台帳「" + of->label.ja + "」を見る権限がありません。情報セキュリティ管理者に依頼してください。",
         "you may not read the register " + of->name + "; ask the security manager"});
}

std::vector<Endpoint> register_endpoints() {
    return {{.pattern = "/registers",
             .id = "listRegisters",
             .tag = "registers",
             .summary = "The registers that you may read, with their numbers of records",
             .gives = "RegisterList",
             .run = list},
            {.pattern = "/registers/{register}",
             .id = "getRegister",
             .tag = "registers",
             .summary = "A register's definition: its fields, with types, labels, choices and bounds",
             .gives = "Register",
             .run = definition}};
}

}  // namespace maru::api
