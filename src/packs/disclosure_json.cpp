// The one written form of a disclosure.
#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "packs/disclosure.hpp"

namespace maru::packs {

namespace json = boost::json;

namespace {

constexpr std::string_view format = "maru-disclosure/v1";
constexpr int most_fields = 10'000;

std::string in_quotes(std::string_view text) { return json::serialize(json::string(text)); }

std::string scalar(const store::Value& value) {
    if (store::is_null(value)) return "null";
    if (const auto* number = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *number);
    if (const auto* text = std::get_if<std::string>(&value)) return in_quotes(*text);
    return "";  // registers store no bytes
}

std::string written(const registers::FieldValue& value) {
    if (const auto* one = std::get_if<store::Value>(&value)) return scalar(*one);
    std::string out;
    for (const store::Value& item : std::get<std::vector<store::Value>>(value))
        out += (out.empty() ? "\n    " : ",\n    ") + scalar(item);
    return out.empty() ? "[]" : "[" + out + "\n   ]";
}

std::string written(const DisclosedField& field) {
    std::string out =
        fmt::format("  {{\n   \"number\": {},\n   \"name\": {},\n", field.number, in_quotes(field.name));
    if (!field.opening) return out + fmt::format("   \"commitment\": \"{}\"\n  }}", hex(field.commitment));
    return out + fmt::format("   \"value\": {},\n   \"salt\": \"{}\"\n  }}", written(field.opening->value),
                             hex(field.opening->salt));
}

std::string written(const std::optional<std::vector<DisclosedField>>& fields) {
    if (!fields) return "null";
    std::string out;
    for (const DisclosedField& field : *fields) out += (out.empty() ? "\n" : ",\n") + written(field);
    return out.empty() ? "[]" : "[" + out + "\n ]";
}

std::unexpected<Error> wrong(std::string_view ja, std::string_view en) {
    return fail(ErrorKind::invalid, {fmt::format("開示ファイル: {}", ja), fmt::format("disclosure: {}", en)});
}

std::unexpected<Error> wrong_key(std::string_view key) {
    return wrong(fmt::format("「{}」がないか、形が違います。", key),
                 fmt::format("\"{}\" is missing or of another form", key));
}

Result<std::string> text_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_string()) return wrong_key(key);
    return std::string(value->as_string());
}

Result<std::int64_t> number_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_int64()) return wrong_key(key);
    return value->as_int64();
}

Result<Hash> hash_in(const json::object& object, std::string_view key) {
    const auto bytes = parse_hex(TRY(text_in(object, key)));
    Hash hash{};
    if (!bytes || bytes->size() != hash.size()) return wrong_key(key);
    std::ranges::copy(*bytes, hash.begin());
    return hash;
}

Result<store::Value> scalar_of(const json::value& value) {
    if (value.is_null()) return store::Null{};
    if (value.is_int64()) return value.as_int64();
    if (value.is_string()) return std::string(value.as_string());
    return wrong_key("value");
}

Result<registers::FieldValue> value_in(const json::object& object) {
    const json::value* value = object.if_contains("value");
    if (value == nullptr) return wrong_key("value");
    if (!value->is_array()) return TRY(scalar_of(*value));
    std::vector<store::Value> items;
    for (const json::value& item : value->as_array()) items.push_back(TRY(scalar_of(item)));
    return items;
}

Result<DisclosedField> field_of(const json::value& value) {
    const json::object* object = value.if_object();
    if (object == nullptr) return wrong_key("fields");
    const std::int64_t number = TRY(number_in(*object, "number"));
    if (number < 0 || number > std::numeric_limits<int>::max()) return wrong_key("number");
    DisclosedField out{static_cast<int>(number), TRY(text_in(*object, "name")), std::nullopt, {}};
    if (object->contains("commitment"))
        out.commitment = TRY(hash_in(*object, "commitment"));
    else
        out.opening = Opening{TRY(value_in(*object)), TRY(hash_in(*object, "salt"))};
    return out;
}

bool is_name(std::string_view name) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && name.front() >= 'a' && name.front() <= 'z' && std::ranges::all_of(name, fits);
}

// Names are shown beside values that were proven, though nothing binds them: they must not say more than a
// name, nor the same twice. (Whatever the name is, it is not repeated here.)
Result<void> check_name(const DisclosedField& field, std::set<std::string>& names) {
    if (!is_name(field.name))
        return wrong(
            fmt::format("項目 {} の name が項目名の形（a-z、0-9、_）ではありません。", field.number),
            fmt::format("the \"name\" of field {} is no name of a field (a-z, 0-9, _)", field.number));
    if (names.insert(field.name).second) return {};
    return wrong(fmt::format("項目 {} の name が別の項目と同じです。", field.number),
                 fmt::format("the \"name\" of field {} is another field's too", field.number));
}

Result<std::optional<std::vector<DisclosedField>>> fields_in(const json::object& object) {
    const json::value* value = object.if_contains("fields");
    if (value == nullptr || !(value->is_null() || value->is_array())) return wrong_key("fields");
    if (value->is_null()) return std::nullopt;
    std::vector<DisclosedField> out;
    std::set<std::string> names;
    if (value->as_array().size() > most_fields) return wrong_key("fields");
    for (const json::value& each : value->as_array()) {
        DisclosedField field = TRY(field_of(each));
        if (!out.empty() && out.back().number >= field.number)
            return wrong("項目番号が昇順ではありません。", "the fields are not in ascending number");
        TRY(check_name(field, names));
        out.push_back(std::move(field));
    }
    return out;
}

Result<Disclosure> disclosure_of(const json::object& object) {
    Disclosure out;
    if (TRY(text_in(object, "format")) != format) return wrong_key("format");
    out.register_name = TRY(text_in(object, "register"));
    out.record = TRY(text_in(object, "record"));
    out.version = TRY(number_in(object, "version"));
    out.envelope = TRY(text_in(object, "envelope"));
    out.fields = TRY(fields_in(object));
    return out;
}

}  // namespace

std::string to_json(const Disclosure& disclosure) {
    return fmt::format(
        "{{\n \"format\": \"{}\",\n \"register\": {},\n \"record\": {},\n \"version\": {},\n \"envelope\": "
        "{},\n \"fields\": {}\n}}\n",
        format, in_quotes(disclosure.register_name), in_quotes(disclosure.record), disclosure.version,
        in_quotes(disclosure.envelope), written(disclosure.fields));
}

Result<Disclosure> parse_disclosure(std::string_view text) {
    if (text.size() > max_disclosure)
        return wrong(fmt::format("{}バイトを超えています。", max_disclosure),
                     fmt::format("more than {} bytes", max_disclosure));
    json::error_code error;
    const json::value root = json::parse(text, error);
    if (error) return wrong("JSONとして読めません。", "it is no JSON");
    if (!root.is_object()) return wrong("JSONのオブジェクトではありません。", "it is no JSON object");
    Disclosure out = TRY(disclosure_of(root.as_object()));
    // One written form: no second value under the same key, nothing that another reader would see
    // differently.
    if (to_json(out) == text) return out;
    return wrong("書式が決まりどおりではありません（docs/formats/receipt.md）。",
                 "it is not written in the form of docs/formats/receipt.md");
}

}  // namespace maru::packs
