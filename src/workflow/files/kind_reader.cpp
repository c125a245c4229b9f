#include "files/kind_reader.hpp"

#include <fmt/core.h>

namespace maru::workflow {

const toml::node* KindReader::find(const std::string& key) {
    known_.insert(key);
    return table_.get(key);
}

void KindReader::refuse(const std::string& key, const std::string& ja, const std::string& en) {
    if (error_) return;
    const std::string where = file_ + " " + key + ": ";
    error_ = Error{ErrorKind::invalid, {where + ja, where + en}};
}

std::string KindReader::text(const std::string& key) {
    const toml::node* const node = find(key);
    if (!node) return {};
    if (const auto* written = node->as_string(); written && !written->get().empty()) return written->get();
    refuse(key, "空でない文字列を書いてください。", "write a text that is not empty");
    return {};
}

std::string KindReader::needed(const std::string& key) {
    const std::string out = text(key);
    if (out.empty()) refuse(key, "ありません。書いてください。", "is missing; write it");
    return out;
}

Text KindReader::both(const std::string& key) {
    const toml::node* const node = find(key);
    const toml::table* const both = node ? node->as_table() : nullptr;
    Text out;
    if (both)
        out = {both->at_path("ja").value_or(std::string()), both->at_path("en").value_or(std::string())};
    if (out.ja.empty() || out.en.empty())
        refuse(key, "{ ja = \"…\", en = \"…\" } で両方の言語を書いてください。",
               "write both languages: { ja = \"…\", en = \"…\" }");
    return out;
}

int KindReader::number(const std::string& key, int otherwise, int least, int most) {
    const toml::node* const node = find(key);
    if (!node) return otherwise;
    const auto value = node->value<std::int64_t>();
    if (value && *value >= least && *value <= most) return static_cast<int>(*value);
    refuse(key, fmt::format("{} から {} までの整数を書いてください。", least, most),
           fmt::format("write a whole number from {} to {}", least, most));
    return otherwise;
}

bool KindReader::flag(const std::string& key) {
    const toml::node* const node = find(key);
    if (!node) return false;
    if (!node->is_boolean()) refuse(key, "true か false を書いてください。", "write true or false");
    return node->value_or(false);
}

std::vector<std::string> KindReader::texts(const std::string& key) {
    const toml::node* const node = find(key);
    std::vector<std::string> out;
    if (!node) return out;
    const toml::array* const list = node->as_array();
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        out.push_back((*list)[i].value_or(std::string()));
        if (out.back().empty()) break;
    }
    if (!list || (!out.empty() && out.back().empty()))
        refuse(key, "空でない文字列の配列を書いてください。", "write an array of texts that are not empty");
    return out;
}

const toml::table* KindReader::table(const std::string& key) {
    const toml::node* const node = find(key);
    if (node && !node->is_table()) refuse(key, "表を書いてください。", "write a table");
    return node ? node->as_table() : nullptr;
}

std::map<std::string, std::string> KindReader::values(const std::string& key) {
    std::map<std::string, std::string> out;
    const toml::table* const values = table(key);
    if (!values) return out;
    for (const auto& [name, node] : *values) {
        if (const auto* written = node.as_string())
            out.emplace(name.str(), written->get());
        else
            refuse(key, "値は文字列で書いてください。", "write values as texts");
    }
    return out;
}

std::map<std::string, std::vector<std::string>> KindReader::lists(const std::string& key) {
    std::map<std::string, std::vector<std::string>> out;
    const toml::table* const values = table(key);
    if (!values) return out;
    KindReader inside(*values, file_ + " " + key);
    for (const auto& [name, node] : *values) out.emplace(name.str(), inside.texts(std::string(name.str())));
    if (const auto read = inside.finish(); !read && !error_) error_ = read.error();
    return out;
}

Result<void> KindReader::finish() {
    for (const auto& [name, node] : table_)
        if (!known_.contains(name.str()))
            refuse(std::string(name.str()), "このキーはありません。つづりを確かめてください。",
                   "there is no such key; look at its spelling");
    if (error_) return std::unexpected(*error_);
    return {};
}

}  // namespace maru::workflow
