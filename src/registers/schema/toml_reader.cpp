#include "schema/toml_reader.hpp"

#include <fmt/core.h>

#include "registers/nearest.hpp"

namespace maru::registers {

void TomlReader::refuse(std::string_view key, Text why) {
    if (!error_)
        error_ = prefixed(fmt::format("{} {}", where_, key), Error{ErrorKind::invalid, std::move(why)});
}

void TomlReader::take(Result<void> outcome) {
    if (!error_ && !outcome) error_ = std::move(outcome.error());
}

const toml::node* TomlReader::node(std::string_view key, Need need) {
    known_.emplace(key);
    const toml::node* found = table_.get(key);
    if (!found && need == Need::required)
        refuse(key, {"がありません。書いてください。", "is missing; write it"});
    return found;
}

std::string TomlReader::text(std::string_view key, Need need) {
    const toml::node* found = node(key, need);
    if (!found) return {};
    const auto* value = found->as_string();
    if (value && !trim(value->get()).empty()) return value->get();
    refuse(key, {"空でない文字列で書いてください。", "must be a string that is not empty"});
    return {};
}

Text TomlReader::both(std::string_view key, Need need) {
    const toml::node* found = node(key, need);
    if (!found) return {};
    const auto* pair = found->as_table();
    Text out;
    if (pair) out = {(*pair)["ja"].value_or(std::string()), (*pair)["en"].value_or(std::string())};
    if (pair && pair->size() == 2 && !trim(out.ja).empty() && !trim(out.en).empty()) return out;
    refuse(key, {"{ ja = \"…\", en = \"…\" } の両方を書いてください。",
                 "needs { ja = \"…\", en = \"…\" }, neither of them empty"});
    return out;
}

std::optional<std::int64_t> TomlReader::integer(std::string_view key, Need need) {
    const toml::node* found = node(key, need);
    if (!found) return std::nullopt;
    if (const auto* value = found->as_integer()) return value->get();
    refuse(key, {"整数で書いてください。", "must be a whole number"});
    return std::nullopt;
}

std::int64_t TomlReader::between(std::string_view key, std::int64_t otherwise, std::int64_t min,
                                 std::int64_t max) {
    const std::int64_t value = integer(key, Need::optional).value_or(otherwise);
    if (value >= min && value <= max) return value;
    refuse(key, {fmt::format("{} から {} までで書いてください。", min, max),
                 fmt::format("must lie between {} and {}", min, max)});
    return otherwise;
}

bool TomlReader::flag(std::string_view key) {
    const toml::node* found = node(key, Need::optional);
    if (!found) return false;
    if (const auto* value = found->as_boolean()) return value->get();
    refuse(key, {"true か false で書いてください。", "must be true or false"});
    return false;
}

std::vector<std::string> TomlReader::texts(std::string_view key) {
    const toml::node* found = node(key, Need::optional);
    std::vector<std::string> out;
    if (!found) return out;
    const auto* items = found->as_array();
    for (std::size_t i = 0; items && i < items->size(); ++i)
        if (const auto* item = (*items)[i].as_string()) out.push_back(item->get());
    if (!items || out.size() != items->size())
        refuse(key, {"文字列の配列 [\"…\"] で書いてください。", "must be an array of strings [\"…\"]"});
    return out;
}

const toml::table* TomlReader::table(std::string_view key, Need need) {
    const toml::node* found = node(key, need);
    if (!found) return nullptr;
    if (!found->is_table()) refuse(key, {"{ … } で書いてください。", "must be a table { … }"});
    return found->as_table();
}

std::vector<const toml::table*> TomlReader::tables(std::string_view key) {
    const toml::node* found = node(key, Need::optional);
    std::vector<const toml::table*> out;
    if (!found) return out;
    const auto* items = found->as_array();
    for (std::size_t i = 0; items && i < items->size(); ++i)
        if (const auto* item = (*items)[i].as_table()) out.push_back(item);
    if (!items || out.size() != items->size())
        refuse(key,
               {fmt::format("[[{}]] で書いてください。", key), fmt::format("must be tables [[{}]]", key)});
    return out;
}

std::vector<std::string> TomlReader::keys() const {
    std::vector<std::string> out;
    for (const auto& [key, value] : table_) out.emplace_back(key.str());
    return out;
}

void TomlReader::refuse_unknown_keys() {
    for (const std::string& key : keys()) {
        if (known_.contains(key)) continue;
        const std::string near = join(nearest(key, {known_.begin(), known_.end()}), ", ");
        const std::string ja = near.empty() ? "" : fmt::format("もしかして: {}", near);
        const std::string en = near.empty() ? "" : fmt::format("; did you mean {}?", near);
        refuse(key, {fmt::format("この項目はありません。{}", ja), fmt::format("is not known here{}", en)});
    }
}

Result<void> TomlReader::finish() {
    refuse_unknown_keys();
    if (error_) return std::unexpected(*error_);
    return {};
}

}  // namespace maru::registers
