// One field's value: from what people write to what is stored, and back.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.hpp"
#include "registers/schema.hpp"
#include "store/value.hpp"

namespace maru::registers {

// A scalar, or the items of a list in order.
using FieldValue = std::variant<store::Value, std::vector<store::Value>>;

// Finds the record that a written reference means (natural key or #id); the error names register and text.
using ResolveReference =
    std::function<Result<std::int64_t>(std::string_view register_name, std::string_view written)>;

// "" and white space alone are null (an empty list for lists). Errors name the field, the text and what is
// expected. Numbers, dates, choices, booleans, mail, url, mac_address and texts with an ASCII format are read
// after NFKC; other texts keep their characters (text without outer white space). Local times without an
// offset are Japanese (+09:00). In lists `\;` is a semicolon, `\\` a backslash and a backslash before a line
// feed a line feed; any other backslash is itself.
Result<FieldValue> parse_written(const Field& field, std::string_view written,
                                 const ResolveReference& resolve);

using KeyOf = std::function<std::string(std::string_view register_name, std::int64_t id)>;
// The form that parse_written reads back exactly; references by natural key.
std::string format_written(const Field& field, const FieldValue& value, const KeyOf& key_of);
// For people: choice labels, はい/yes, thousands separators.
std::string format_for_people(const Field& field, const FieldValue& value, const KeyOf& title_of,
                              Language language);
// Canonical bytes that commitments bind; independent of language, labels and field names
// (docs/formats/entry.md).
std::string canonical(const Field& field, const FieldValue& value);

}  // namespace maru::registers
