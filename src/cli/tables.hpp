// Plain text tables for a terminal, with the width of Japanese text, and a record's small conversions.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"
#include "registers/exchange.hpp"

namespace maru::cli {

// Columns as wide as they need be; the last one is cut at `width`.
std::string aligned(const std::vector<std::vector<std::string>>& rows, std::size_t width);
// The key, the title and as many other fields as fit, under the register's labels; says so when there is
// nothing.
std::string record_table(const Session& session, const registers::Register& of,
                         const registers::Table& table);
// An array of objects, one line each; values as written.
std::string json_rows(const registers::Table& table);

bool is_empty(const registers::FieldValue& value);
// A current or retired record by natural key or #id.
Result<std::int64_t> find_any_record(store::Database& reader, const registers::Schema& schema,
                                     const registers::Register& of, const std::string& written);
// Stores the file's bytes and returns their SHA-256 in hex.
Result<std::string> store_file(registers::Organisation& organisation, const std::filesystem::path& file);

}  // namespace maru::cli
