// Reading this room's TOML files. Errors name file, line and what is needed.
#pragma once

#include <toml++/toml.h>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace maru::sheets {

// invalid, with where it happened in front.
std::unexpected<Error> wrong(const std::string& where, const std::string& ja, const std::string& en);

Result<toml::table> parse_file(const std::filesystem::path& file);

// The tables of an array of tables; none when the key is missing. An element that is no table is an error.
Result<std::vector<const toml::table*>> tables_of(const toml::table& table, std::string_view key,
                                                  const std::string& where);

// The strings of an array; none when the key is missing. Elements that are empty or no strings are errors.
Result<std::vector<std::string>> strings_of(const toml::table& table, std::string_view key,
                                            const std::string& where);

}  // namespace maru::sheets
