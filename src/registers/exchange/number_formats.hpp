// What a spreadsheet shows for a number: a plain number, a date, a time (ECMA-376 part 1, 18.8.30 numFmt).
#pragma once

#include <string>
#include <string_view>

namespace maru::registers {

struct NumberFormat {
    enum class Kind { number, padded, date, time, date_time, elapsed } kind = Kind::number;
    std::size_t digits = 0;  // padded: "00000" has 5
};

enum class Epoch { since_1900, since_1904 };

NumberFormat builtin_format(int id);                // including the Japanese ones, 27-36 and 50-58
NumberFormat custom_format(std::string_view code);  // `[$-411]ggge"年"m"月"d"日"` is a date
// "46349" as a date is "2026-11-23"; with a time "2026-11-23 09:15:00". Numbers have at most 15 digits and no
// exponent.
std::string show_number(std::string_view raw, const NumberFormat& format, Epoch epoch);

}  // namespace maru::registers
