// Pieces of HTML. Every text from outside goes through escaped().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "checks/rows.hpp"
#include "core/day.hpp"
#include "core/text.hpp"
#include "sheets/verdict.hpp"

namespace maru::packs::html {

std::string escaped(std::string_view text);

// Both languages, of which the page shows one; a text that is the same in both stands once.
std::string both(const Text& text);
std::string both(std::string_view ja, std::string_view en);
// For screen readers only.
std::string hidden(const std::string& content);

std::string day(Day day);            // 2026年11月23日(月) / Mon, 23 Nov 2026
std::string clock_time(Instant at);  // in Japan, hh:mm:ss
std::string_view code_of(sheets::Mark mark);
std::string mark(sheets::Mark mark);   // the drawing
std::string badge(sheets::Mark mark);  // the drawing on its ground, with its name
std::string chip(checks::RowState state);
std::string numbers(const checks::Counts& counts);
std::string grouped(std::int64_t number);  // 12,345
std::string drawings();                    // that mark() refers to

}  // namespace maru::packs::html
