// Reads a TOML table key by key and remembers the first thing that is wrong, with file and key.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "core/day.hpp"
#include "core/result.hpp"
#include "core/text.hpp"

namespace maru::checks::files {

// The file's bytes; errors name the file.
Result<std::string> read_file(const std::filesystem::path& file);
Result<toml::table> parse(std::string_view text, const std::string& file);

enum class Need { required, optional };

class TomlReader {
public:
    // `where` is the file, and the path of the table in it; `error` is shared by the readers of one file.
    TomlReader(const toml::table& table, std::string where, std::optional<Error>& error)
        : table_(table), where_(std::move(where)), error_(error) {}

    std::string text(const std::string& key, Need need);
    Text both(const std::string& key);  // { ja = "…", en = "…" }, neither empty
    std::int64_t integer(const std::string& key, std::int64_t otherwise, std::int64_t min, std::int64_t max);
    std::optional<Day> day(const std::string& key, Need need);
    std::vector<std::string> texts(const std::string& key);
    std::string one_of(const std::string& key, const std::string& otherwise,
                       const std::vector<std::string>& allowed);
    const toml::table* table(const std::string& key, Need need);
    const toml::array* tables(const std::string& key);  // [[key]]
    bool has(const std::string& key) const { return table_.contains(key); }

    void refuse_other_keys();
    void refuse(const std::string& key, Text why);
    std::string place(const std::string& key) const { return where_ + " " + key; }

private:
    const toml::node* find(const std::string& key, Need need);
    const toml::table& table_;
    std::string where_;
    std::optional<Error>& error_;
    std::set<std::string, std::less<>> known_;
};

// What a person would write for a scalar (a list: its items joined by ';'), or nullopt for a table.
std::optional<std::string> written(const toml::node& node);

}  // namespace maru::checks::files
