// The individual numbers of the Japanese tax and social security system: twelve digits, the last one a check
// digit.
#pragma once

#include <string_view>

namespace maru::registers {

// True when the text holds a run of exactly twelve digits (also full-width, also in groups of four with
// blanks or hyphens) whose check digit is right
// (行政手続における特定の個人を識別するための番号の利用等に関する法律…省令 5条).
bool holds_my_number(std::string_view text);

}  // namespace maru::registers
