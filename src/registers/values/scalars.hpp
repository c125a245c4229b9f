// Readers of the scalar types; each takes the field for its limits and for the words of its error.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "registers/schema.hpp"
#include "store/value.hpp"

namespace maru::registers {

// NFKC and case folding, for comparing words.
std::string folded(std::string_view text);

// For messages: at most 60 columns, control characters as pictures (U+2400 …).
std::string shown(std::string_view text);

// "「利用開始日」の値「23/11/2026」は…": field, text (cut to 60 columns) and what is expected.
std::unexpected<Error> unusable(const Field& field, std::string_view written, const Text& expected);

Result<store::Value> parse_text(const Field& field, std::string_view written);    // text, long_text
Result<store::Value> parse_number(const Field& field, std::string_view written);  // integer, decimal, money
Result<store::Value> parse_day_field(const Field& field, std::string_view written);  // date
Result<store::Value> parse_instant_field(const Field& field, std::string_view written);
Result<store::Value> parse_boolean(const Field& field, std::string_view written);
Result<store::Value> parse_choice(const Field& field, std::string_view written);
Result<store::Value> parse_url(const Field& field, std::string_view written);
Result<store::Value> parse_mail(const Field& field, std::string_view written);
Result<store::Value> parse_mac(const Field& field, std::string_view written);
Result<store::Value> parse_sha256(const Field& field, std::string_view written);  // sha256, file

// "a;b\;c" to {"a", "b;c"}: separated by ; or line feeds, trimmed, empty items left out.
std::vector<std::string> items_of(std::string_view written);

// The digits after the point of an integer, decimal or money field.
int scale_of(const Field& field);

}  // namespace maru::registers
