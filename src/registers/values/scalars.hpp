// Readers of the scalar types; those with limits take the field.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "registers/values.hpp"

namespace maru::registers {

// NFKC and case folding, for comparing words.
std::string folded(std::string_view text);

// For messages: at most 60 columns, control characters as pictures (U+2400 …).
std::string shown(std::string_view text);

// An error that says only what is expected; `parse_written` puts field and text in front.
std::unexpected<Error> unusable(const Text& expected);

Result<store::Value> parse_text(const Field& field, std::string_view written);    // text, long_text
Result<store::Value> parse_number(const Field& field, std::string_view written);  // integer, decimal, money
Result<store::Value> parse_day_field(const Field& field, std::string_view written);  // date
Result<store::Value> parse_instant_field(std::string_view written);
Result<store::Value> parse_boolean(std::string_view written);
Result<store::Value> parse_choice(const Field& field, std::string_view written);
Result<store::Value> parse_url(std::string_view written);
Result<store::Value> parse_mail(std::string_view written);
Result<store::Value> parse_mac(std::string_view written);
Result<store::Value> parse_sha256(const Field& field, std::string_view written);  // sha256, file

// As parse_written, but errors say only what is expected: for reports that show field and text themselves.
Result<FieldValue> parse_bare(const Field& field, std::string_view written, const ResolveReference& resolve);

// The digits after the point of an integer, decimal or money field.
int scale_of(const Field& field);

}  // namespace maru::registers
