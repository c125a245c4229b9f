// Plain text tables for a terminal, with the width of Japanese text, and JSON rows.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"
#include "registers/exchange.hpp"

namespace maru::cli {

using Rows = std::vector<std::vector<std::string>>;

// Columns as wide as they need be; where they do not fit into `width` (columns of the terminal) the widest
// are wrapped, so that nothing is lost. Every line begins with `indent` spaces.
std::string aligned(const Rows& rows, std::size_t width, std::size_t indent = 0);
// The same, the lines of each row apart.
std::vector<std::string> aligned_rows(const Rows& rows, std::size_t width, std::size_t indent = 0);
// A sentence; a command at its end ("…: maru put …") stands on a line of its own, whole, so that it can be
// copied.
std::string sentence_lines(const std::string& text, std::size_t width, std::size_t indent = 0);
// One line a row: as many fields as fit, from the left, under the register's labels, and how many records and
// what is left out; when there are none, how to add one. Headings are field names.
std::string record_table(const Session& session, const registers::Register& of,
                         const registers::Table& table);
// An array of objects, one line each, keys in the order of the headings; values are strings as written.
std::string json_rows(const registers::Table& table);

}  // namespace maru::cli
