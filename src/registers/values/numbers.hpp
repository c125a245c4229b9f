// Whole numbers and decimals as people write them, exactly: no floating point.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace maru::registers {

enum class NumberFault { malformed, too_many_decimals, too_large };

// "1,200" with scale 0 is 1200, "7.5" with scale 1 is 75. Takes a sign and thousands separators in groups of
// three; decimals beyond the scale must be zeros. `text` is trimmed and in NFKC.
std::expected<std::int64_t, NumberFault> parse_scaled(std::string_view text, int scale);

enum class Grouping { none, thousands };
std::string format_scaled(std::int64_t value, int scale, Grouping grouping);

// Digits after the point of a currency (ISO 4217): 0 for JPY, 2 for USD.
int currency_digits(std::string_view currency);
// Takes the currency's sign, code or 円 off an amount: "¥1,200" and "1,200円" become "1,200".
std::string_view without_currency(std::string_view text, std::string_view currency);

}  // namespace maru::registers
