#include "files/toml.hpp"

namespace maru::sheets {

std::unexpected<Error> wrong(const std::string& where, const std::string& ja, const std::string& en) {
    return fail(ErrorKind::invalid, {where + ": " + ja, where + ": " + en});
}

Result<toml::table> parse_file(const std::filesystem::path& file) {
    try {
        return toml::parse_file(file.string());
    } catch (const toml::parse_error& error) {
        const std::string where = file.string() + ":" + std::to_string(error.source().begin.line);
        const std::string why(error.description());
        return wrong(where, "TOML として読めません。引用符・括弧・= と改行を確かめてください。",
                     why + ". Mend the TOML.");
    }
}

Result<std::vector<const toml::table*>> tables_of(const toml::table& table, std::string_view key,
                                                  const std::string& where) {
    std::vector<const toml::table*> out;
    const std::string name(key);
    if (!table.contains(key)) return out;
    const auto* list = table[key].as_array();
    if (list == nullptr || (!list->empty() && !list->is_homogeneous(toml::node_type::table)))
        return wrong(where, name + " は表の配列です。", name + " is an array of tables.");
    for (const toml::node& node : *list) out.push_back(node.as_table());
    return out;
}

Result<std::vector<std::string>> strings_of(const toml::table& table, std::string_view key,
                                            const std::string& where) {
    std::vector<std::string> out;
    const std::string name(key);
    if (!table.contains(key)) return out;
    const auto* list = table[key].as_array();
    if (list == nullptr)
        return wrong(where, name + " は文字列の配列です。", name + " is an array of strings.");
    for (const toml::node& node : *list) {
        const std::string text = node.value_or(std::string());
        if (text.empty())
            return wrong(where, name + " に空でない文字列だけを並べてください。",
                         name + ": list only strings that are not empty.");
        out.push_back(text);
    }
    return out;
}

}  // namespace maru::sheets
