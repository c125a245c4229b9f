#include "api/record_json.hpp"

#include <boost/json.hpp>

#include "registers/lists.hpp"
#include "registers/values.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using registers::Field;
using registers::FieldType;
using registers::Record;
using registers::Register;

struct Naming {
    Names& names;
    Language language;
};

json::object json_of_reference(const Naming& naming, const Field& field, std::int64_t id) {
    const RecordName& name = naming.names.of(field.to, id);
    return {{"id", id}, {"key", name.key}, {"title", name.title.in(naming.language)}};
}

json::value json_of_scalar(const Naming& naming, const Field& field, const store::Value& value) {
    if (store::is_null(value)) return nullptr;
    const auto* const number = std::get_if<std::int64_t>(&value);
    if (number && field.is_reference()) return json_of_reference(naming, field, *number);
    if (number && field.element() == FieldType::integer) return *number;
    if (number && field.element() == FieldType::boolean) return *number != 0;
    Field item = field;  // of a list: written like one value
    item.type = field.element();
    return json::string(registers::format_written(item, value, {}));
}

json::value json_of_value(const Naming& naming, const Field& field, const registers::FieldValue& value) {
    if (const auto* scalar = std::get_if<store::Value>(&value)) return json_of_scalar(naming, field, *scalar);
    json::array items;
    for (const store::Value& item : std::get<std::vector<store::Value>>(value))
        items.push_back(json_of_scalar(naming, field, item));
    return items;
}

std::unexpected<Error> no_value(std::string_view field) {
    const std::string name(field);
    return fail(
        ErrorKind::invalid,
        {name + ": 値は文字列・数・真偽値・null・その配列、参照は {\"id\": 番号} で書いてください。",
         name + ": write a text, a number, true, false, null, an array of them, or {\"id\": number}"});
}

Result<std::string> written_scalar(std::string_view field, const json::value& value) {
    if (value.is_null()) return std::string();
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_bool()) return std::string(value.get_bool() ? "true" : "false");
    if (value.is_number()) return json::serialize(value);
    const auto* object = value.if_object();
    const json::value* id = object ? object->if_contains("id") : nullptr;
    if (!id || !id->is_int64()) return no_value(field);
    return "#" + std::to_string(id->get_int64());
}

Result<std::string> written_value(std::string_view field, const json::value& value) {
    const auto* array = value.if_array();
    if (!array) return written_scalar(field, value);
    std::vector<std::string> items;
    for (const json::value& item : *array)
        items.push_back(registers::written_item(TRY(written_scalar(field, item))));
    return join(items, ";");
}

}  // namespace

Result<json::object> json_of(const Call& call, const Readers::Lease& reader, const Register& of,
                             const Record& record) {
    const Naming naming{reader.names(), call.language};
    const registers::Tombstones& tombstones = *TRY(naming.names.erased(of));
    const RecordName& name = naming.names.of(of.name, record.id);
    json::object fields, erased;
    for (std::size_t i = 0; i < of.fields.size(); ++i) {
        const Field& field = of.fields[i];
        if (!call.may().sees(of, field, &record)) continue;
        fields[field.name] = json_of_value(naming, field, record.values[i]);
        if (const auto entry = tombstones.entry(record.id, record.version, field.number))
            erased[field.name] = *entry;
    }
    json::object out{{"id", record.id},
                     {"version", record.version},
                     {"index", record.from_index},
                     {"key", name.key},
                     {"title", name.title.in(call.language)},
                     {"fields", std::move(fields)}};
    if (!erased.empty()) out["erased"] = std::move(erased);
    return out;
}

json::value json_of(Names& names, Language language, const Field& field, const registers::FieldValue& value) {
    return json_of_value({names, language}, field, value);
}

Result<registers::WrittenFields> written_fields(const json::object& fields) {
    registers::WrittenFields written;
    for (const auto& [name, value] : fields) written[std::string(name)] = TRY(written_value(name, value));
    return written;
}

std::vector<FieldProblem> problems_of(store::Database& reader, const registers::Schema& schema,
                                      const Register& of, const registers::WrittenFields& fields) {
    const auto resolve = [&](std::string_view name, std::string_view written) -> Result<std::int64_t> {
        return registers::resolve(reader, schema, *TRY(schema.get(name)), written);
    };
    std::vector<FieldProblem> problems;
    for (const auto& [name, written] : fields) {
        const Field* const field = of.field(name);
        if (!field) continue;
        const auto value = registers::parse_written(*field, written, resolve);
        if (!value) problems.push_back({name, value.error().message});
    }
    for (const Field& field : of.fields) {
        const auto written = fields.find(field.name);
        if (field.required && written != fields.end() && trim(written->second).empty())
            problems.push_back({field.name, {"必須です。入力してください。", "is required: fill it in"}});
    }
    return problems;
}

}  // namespace maru::api
