// Reads one TOML table key by key. The first thing that is wrong is kept, with file and place; later reads
// give harmless values, so that a reader of a file is a straight list.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "core/result.hpp"
#include "core/text.hpp"

namespace maru::registers {

enum class Need { required, optional };

class TomlReader {
public:
    // `where` is the file, and what part of it: "device.toml field \"code\" (line 12)".
    TomlReader(const toml::table& table, std::string where) : table_(table), where_(std::move(where)) {}

    std::string text(std::string_view key, Need need);
    Text both(std::string_view key, Need need);  // { ja = "…", en = "…" }, neither empty
    std::optional<std::int64_t> integer(std::string_view key, Need need);
    std::int64_t between(std::string_view key, std::int64_t otherwise, std::int64_t min, std::int64_t max);
    bool flag(std::string_view key);                       // false when absent
    std::vector<std::string> texts(std::string_view key);  // empty when absent
    const toml::table* table(std::string_view key, Need need);
    std::vector<const toml::table*> tables(std::string_view key);  // [[key]]
    const toml::node* node(std::string_view key, Need need);

    bool has(std::string_view key) const { return table_.contains(key); }
    std::vector<std::string> keys() const;
    void refuse(std::string_view key, Text why);  // only the first is kept
    void take(Result<void> outcome);              // an error that already says where
    bool failed() const { return error_.has_value(); }
    const std::string& where() const { return where_; }
    // The first error; otherwise every key must have been asked for.
    Result<void> finish();

private:
    void refuse_unknown_keys();
    const toml::table& table_;
    std::string where_;
    std::optional<Error> error_;
    std::set<std::string, std::less<>> known_;
};

}  // namespace maru::registers
