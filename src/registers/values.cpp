#include "registers/values.hpp"

#include <fmt/core.h>

#include "registers/lists.hpp"
#include "values/characters.hpp"
#include "values/numbers.hpp"
#include "values/scalars.hpp"

namespace maru::registers {

namespace {

using store::Value;

std::string_view register_of(const Field& field) {
    return field.element() == FieldType::person ? "person" : std::string_view(field.to);
}

Result<Value> parse_scalar(const Field& field, std::string_view written, const ResolveReference& resolve) {
    switch (field.element()) {
        case FieldType::text:
        case FieldType::long_text: return parse_text(field, written);
        case FieldType::integer:
        case FieldType::decimal:
        case FieldType::money: return parse_number(field, written);
        case FieldType::date: return parse_day_field(field, written);
        case FieldType::instant: return parse_instant_field(written);
        case FieldType::boolean: return parse_boolean(written);
        case FieldType::choice: return parse_choice(field, written);
        case FieldType::reference:
        case FieldType::person: return TRY(resolve(register_of(field), trim(written)));
        case FieldType::url: return parse_url(written);
        case FieldType::mail: return parse_mail(written);
        case FieldType::mac_address: return parse_mac(written);
        case FieldType::file:
        case FieldType::sha256: return parse_sha256(field, written);
        case FieldType::list: break;
    }
    return fail(ErrorKind::internal, {"リストのリストはありません。", "there are no lists of lists"});
}

Result<FieldValue> parse_list(const Field& field, std::string_view written, const ResolveReference& resolve) {
    std::vector<Value> values;
    for (const std::string& item : items_of(written)) {
        auto value = parse_scalar(field, item, resolve);
        if (!value) return std::unexpected(prefixed("「" + shown(item) + "」", std::move(value).error()));
        values.push_back(*std::move(value));
    }
    return values;
}

Error explained(const Field& field, std::string_view written, Error error) {
    const std::string value = shown(written);
    error.message = {
        fmt::format("{}（{}）の値「{}」は使えません。{}", field.label.ja, field.name, value,
                    error.message.ja),
        fmt::format("{} ({}): “{}” cannot be used; {}", field.label.en, field.name, value, error.message.en)};
    return error;
}

std::string format_integer(const Field& field, std::int64_t value, const KeyOf& key_of) {
    if (field.is_reference()) return key_of(register_of(field), value);
    if (field.element() == FieldType::boolean) return value == 0 ? "false" : "true";
    return format_scaled(value, scale_of(field), Grouping::none);
}

std::string format_scalar(const Field& field, const Value& value, const KeyOf& key_of) {
    if (const auto* const number = std::get_if<std::int64_t>(&value))
        return format_integer(field, *number, key_of);
    if (const auto* const text = std::get_if<std::string>(&value)) return *text;
    if (const auto* const bytes = std::get_if<Bytes>(&value)) return hex(*bytes);
    return "";
}

void put_big_endian(std::string& out, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xFF);
}

std::string canonical_scalar(const Value& value) {
    std::string out;
    if (const auto* const number = std::get_if<std::int64_t>(&value)) {
        out = '\x01';
        put_big_endian(out, static_cast<std::uint64_t>(*number));
    } else if (const auto* const text = std::get_if<std::string>(&value)) {
        out = '\x02' + *text;
    } else if (const auto* const bytes = std::get_if<Bytes>(&value)) {
        out = '\x03';
        out.append(bytes->begin(), bytes->end());
    } else {
        out = '\0';
    }
    return out;
}

std::string canonical_list(const std::vector<Value>& values) {
    std::string out = "\x04";
    for (const Value& value : values) {
        const std::string item = canonical_scalar(value);
        put_big_endian(out, item.size());
        out += item;
    }
    return out;
}

}  // namespace

std::string written_item(std::string_view item) {
    std::string out;
    for (const char c : item) {
        if (c == ';' || c == '\\' || c == '\n') out += '\\';
        out += c;
    }
    return out;
}

std::vector<std::string> items_of(std::string_view written) {
    std::vector<std::string> items;
    std::string item;
    const auto finish = [&] {
        if (const std::string_view text = trim(item); !text.empty()) items.emplace_back(text);
        item.clear();
    };
    for (std::size_t i = 0; i < written.size(); ++i) {
        const char next = i + 1 < written.size() ? written[i + 1] : '\0';
        if (written[i] == '\\' && (next == ';' || next == '\\' || next == '\n'))
            item += written[++i];
        else if (written[i] == ';' || written[i] == '\n')
            finish();
        else
            item += written[i];
    }
    finish();
    return items;
}

Result<FieldValue> parse_bare(const Field& field, std::string_view written, const ResolveReference& resolve) {
    if (!is_utf8(written)) return unusable({"UTF-8 として読めません。", "valid UTF-8"});
    if (const auto character = deceptive_character(written))
        return unusable(
            {fmt::format("表示の順序を変えるなど、見た目を偽る文字（{}）があります。除いて書いてください。",
                         *character),
             fmt::format("text without {}, which makes it look other than it is", *character)});
    const bool lines = field.element() == FieldType::long_text;
    const std::string text = lines ? std::string(written) : without_invisible(written);
    if (field.is_list()) return parse_list(field, text, resolve);
    if (trim(text).empty()) return Value{store::Null{}};
    return TRY(parse_scalar(field, text, resolve));
}

Result<FieldValue> parse_written(const Field& field, std::string_view written,
                                 const ResolveReference& resolve) {
    auto value = parse_bare(field, written, resolve);
    if (!value) return std::unexpected(explained(field, written, std::move(value).error()));
    return value;
}

std::string format_written(const Field& field, const FieldValue& value, const KeyOf& key_of) {
    if (const auto* const scalar = std::get_if<Value>(&value)) return format_scalar(field, *scalar, key_of);
    std::vector<std::string> items;
    for (const Value& item : std::get<std::vector<Value>>(value))
        items.push_back(written_item(format_scalar(field, item, key_of)));
    return join(items, ";");
}

std::string canonical(const Field& field, const FieldValue& value) {
    if (const auto* const list = std::get_if<std::vector<Value>>(&value)) return canonical_list(*list);
    const Value& scalar = std::get<Value>(value);
    return field.is_list() && store::is_null(scalar) ? canonical_list({}) : canonical_scalar(scalar);
}

}  // namespace maru::registers
