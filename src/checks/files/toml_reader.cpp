#include "files/toml_reader.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace maru::checks::files {

namespace {

std::optional<Day> to_day(const toml::date& date) {
    auto day = parse_iso_day(fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    return day ? std::optional(*day) : std::nullopt;
}

std::string iso_instant(const toml::date_time& at) {
    std::string out = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", at.date.year, at.date.month,
                                  at.date.day, at.time.hour, at.time.minute, at.time.second);
    if (!at.offset) return out;
    const int minutes = at.offset->minutes;
    const int size = minutes < 0 ? -minutes : minutes;
    return out + fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', size / 60, size % 60);
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        return fail(ErrorKind::not_found,
                    {fmt::format("{} を開けません。ファイルの有無と権限を確かめてください。", file.string()),
                     fmt::format("cannot open {}: see that it exists and may be read", file.string())});
    }
    std::string out;
    std::array<char, 16384> part;
    while (in.read(part.data(), part.size()) || in.gcount() > 0)
        out.append(part.data(), static_cast<std::size_t>(in.gcount()));
    if (!is_utf8(out)) {
        return fail(ErrorKind::invalid,
                    {fmt::format("{} は UTF-8 ではありません。UTF-8 で保存し直してください。", file.string()),
                     fmt::format("{} is not UTF-8; save it as UTF-8", file.string())});
    }
    return out;
}

Result<toml::table> parse(std::string_view text, const std::string& file) {
    try {
        return toml::parse(text, file);
    } catch (const toml::parse_error& error) {
        const auto [line, column] = error.source().begin;
        const std::string what(error.description());
        return fail(
            ErrorKind::invalid,
            {fmt::format(
                 "{} {} 行目 {} 文字目: TOML として読めません。引用符・括弧・= と改行を確かめてください。",
                 file, line, column),
             fmt::format("{} line {}: not TOML: {}", file, line, what)});
    }
}

std::optional<std::string> written(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return fmt::format("{}", number->get());
    if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
    if (const auto* number = node.as_floating_point()) return fmt::format("{}", number->get());
    if (const auto* date = node.as_date()) {
        const auto day = to_day(date->get());
        return day ? std::optional(day->iso()) : std::nullopt;
    }
    if (const auto* at = node.as_date_time()) return iso_instant(at->get());
    const auto* items = node.as_array();
    if (!items) return std::nullopt;
    std::vector<std::string> parts;
    for (const auto& item : *items) {
        auto part = item.is_array() ? std::nullopt : written(item);
        if (!part) return std::nullopt;
        parts.push_back(std::move(*part));
    }
    return join(parts, ";");
}

void TomlReader::refuse(const std::string& key, Text why) {
    if (!error_) error_ = prefixed(place(key), Error{ErrorKind::invalid, std::move(why)});
}

const toml::node* TomlReader::find(const std::string& key, Need need) {
    known_.insert(key);
    const toml::node* node = table_.get(key);
    if (!node && need == Need::required) refuse(key, {"がありません。書いてください。", "is missing"});
    return node;
}

std::string TomlReader::text(const std::string& key, Need need) {
    const auto* node = find(key, need);
    if (!node) return {};
    if (const auto* value = node->as_string()) return value->get();
    refuse(key, {"文字列で書いてください。", "must be a string"});
    return {};
}

Text TomlReader::both(const std::string& key) {
    const auto* node = find(key, Need::required);
    if (!node) return {};
    const auto* pair = node->as_table();
    Text out;
    if (pair) out = {(*pair)["ja"].value_or(std::string()), (*pair)["en"].value_or(std::string())};
    if (!pair || pair->size() != 2 || trim(out.ja).empty() || trim(out.en).empty()) {
        refuse(key, {"{ ja = \"…\", en = \"…\" } の両方を書いてください。",
                     "needs { ja = \"…\", en = \"…\" }, neither of them empty"});
    }
    return out;
}

std::int64_t TomlReader::integer(const std::string& key, std::int64_t otherwise, std::int64_t min,
                                 std::int64_t max) {
    const auto* node = find(key, Need::optional);
    if (!node) return otherwise;
    const auto* value = node->as_integer();
    if (value && value->get() >= min && value->get() <= max) return value->get();
    refuse(key, {fmt::format("{} から {} までの整数で書いてください。", min, max),
                 fmt::format("must be a whole number from {} to {}", min, max)});
    return otherwise;
}

std::optional<Day> TomlReader::day(const std::string& key, Need need) {
    const auto* node = find(key, need);
    if (!node) return std::nullopt;
    if (const auto* date = node->as_date()) {
        if (auto day = to_day(date->get())) return day;
    }
    if (const auto* text = node->as_string()) {
        if (auto day = parse_iso_day(text->get())) return *day;
    }
    refuse(key, {"日付（2026-11-23）で書いてください。", "must be a date such as 2026-11-23"});
    return std::nullopt;
}

std::vector<std::string> TomlReader::texts(const std::string& key) {
    const auto* node = find(key, Need::optional);
    std::vector<std::string> out;
    if (!node) return out;
    const auto* items = node->as_array();
    for (std::size_t i = 0; items && i < items->size(); ++i) {
        const auto* item = (*items)[i].as_string();
        if (item) out.push_back(item->get());
    }
    if (!items || out.size() != items->size())
        refuse(key, {"文字列の配列で書いてください。", "must be an array of strings"});
    return out;
}

std::string TomlReader::one_of(const std::string& key, const std::string& otherwise,
                               const std::vector<std::string>& allowed) {
    const auto* node = find(key, Need::optional);
    if (!node) return otherwise;
    const auto* value = node->as_string();
    if (value && std::ranges::find(allowed, value->get()) != allowed.end()) return value->get();
    const std::string list = join(allowed, " | ");
    refuse(key, {fmt::format("{} のどれかで書いてください。", list), fmt::format("must be one of {}", list)});
    return otherwise;
}

const toml::table* TomlReader::table(const std::string& key, Need need) {
    const auto* node = find(key, need);
    if (!node) return nullptr;
    if (!node->is_table())
        refuse(key,
               {fmt::format("表 [{}] で書いてください。", key), fmt::format("must be a table [{}]", key)});
    return node->as_table();
}

const toml::array* TomlReader::tables(const std::string& key) {
    const auto* node = find(key, Need::optional);
    if (!node) return nullptr;
    const auto* items = node->as_array();
    if (items && (items->empty() || items->is_homogeneous<toml::table>())) return items;
    refuse(key, {fmt::format("表の並び [[{}]] で書いてください。", key),
                 fmt::format("must be tables [[{}]]", key)});
    return nullptr;
}

void TomlReader::refuse_other_keys() {
    for (const auto& [key, node] : table_) {
        const std::string name(key.str());
        if (!known_.contains(name))
            refuse(name,
                   {"この項目はありません。綴りを確かめてください。", "unknown key: check its spelling"});
    }
}

}  // namespace maru::checks::files
