#include "sheets/sheet.hpp"

#include <algorithm>
#include <set>

#include "files/toml.hpp"

namespace maru::sheets {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t most_leading_lines = 1000;

Result<Text> text_of(const toml::table& table, std::string_view key, const std::string& where) {
    const auto ja = table[key]["ja"].value<std::string>();
    const auto en = table[key]["en"].value<std::string>();
    if (!ja || !en || ja->empty() || en->empty())
        return wrong(where, std::string(key) + " には ja と en が必要です。",
                     std::string(key) + " needs ja and en.");
    return Text{*ja, *en};
}

Result<int> number_of(const toml::table& table, std::string_view key, const std::string& where) {
    const auto value = table[key].value<std::int64_t>();
    if (!value || *value < 1 || *value > 100'000)
        return wrong(where, std::string(key) + " には 1 以上の整数が必要です。",
                     std::string(key) + " needs a whole number from 1.");
    return static_cast<int>(*value);
}

Result<Level> level_of(const toml::table& link, const std::string& where) {
    const auto level = link["level"].value_or(std::string());
    if (level == "asked") return Level::asked;
    if (level == "claimed") return Level::claimed;
    if (level == "extra") return Level::extra;
    return wrong(where, "level は asked・claimed・extra のいずれかです。",
                 "level is asked, claimed or extra.");
}

Result<std::vector<std::string>> checks_of(const toml::table& link, const std::string& where) {
    std::vector<std::string> names;
    if (const auto name = link["check"].value<std::string>()) names.push_back(*name);
    for (std::string& name : TRY(strings_of(link, "any_of", where))) names.push_back(std::move(name));
    const bool both = link.contains("check") && link.contains("any_of");
    if (names.empty() || both || (link.contains("any_of") && names.size() < 2))
        return wrong(where, "check か、2つ以上の any_of のどちらか一方が必要です。",
                     "needs either check or any_of with two or more checks.");
    return names;
}

Result<Link> read_link(const toml::table& table, const Item& item, const checks::Library& library,
                       const std::string& where) {
    Link link;
    link.level = TRY(level_of(table, where));
    const auto parameter = table["item"].value_or(item.code);
    link.scope = table["scope"].value_or(std::string());
    for (const std::string& name : TRY(checks_of(table, where))) {
        const auto check = library.checks.find(name);
        if (check == library.checks.end())
            return wrong(where, "点検 " + name + " がありません。catalog/checks を確かめてください。",
                         "there is no check " + name + "; see catalog/checks.");
        link.checks.push_back({name, check->second.uses_item ? parameter : ""});
    }
    if (!link.scope.empty() && !library.scopes.contains(link.scope))
        return wrong(where, "適用範囲 " + link.scope + " が scopes.toml にありません。",
                     "scope " + link.scope + " is not in scopes.toml.");
    return link;
}

Result<Item> read_item(const toml::table& table, const checks::Library& library, const std::string& file) {
    Item item;
    item.number = TRY(number_of(table, "number", file));
    const std::string where = file + " item " + std::to_string(item.number);
    item.code = table["code"].value_or(std::string());
    if (item.code.empty()) return wrong(where, "code がありません。", "has no code.");
    item.area = TRY(number_of(table, "area", where));
    item.printed_area = TRY(number_of(table, "printed_area", where));
    item.question = TRY(text_of(table, "question", where));
    for (const toml::table* link : TRY(tables_of(table, "links", where)))
        item.links.push_back(TRY(read_link(*link, item, library, where)));
    if (item.links.empty())
        return wrong(where, "links がありません。点検を1つ以上結び付けてください。",
                     "names no checks; add links.");
    return item;
}

Result<Area> read_area(const toml::table& table, const std::string& file) {
    Area area;
    area.number = TRY(number_of(table, "number", file));
    area.label = TRY(text_of(table, "label", file + " area " + std::to_string(area.number)));
    area.optional = table["optional"].value_or(false);
    return area;
}

Result<void> read_rows(const toml::table& table, const checks::Library& library, const std::string& file,
                       Sheet& sheet) {
    for (const toml::table* area : TRY(tables_of(table, "area", file)))
        sheet.areas.push_back(TRY(read_area(*area, file)));
    for (const toml::table* item : TRY(tables_of(table, "item", file)))
        sheet.items.push_back(TRY(read_item(*item, library, file)));
    return {};
}

Result<void> examine(const Sheet& sheet, const std::string& file) {
    std::set<int> areas, numbers;
    std::set<std::string> codes;
    for (const Area& area : sheet.areas)
        if (!areas.insert(area.number).second)
            return wrong(file, "分類番号 " + std::to_string(area.number) + " が重複しています。",
                         "area " + std::to_string(area.number) + " appears twice.");
    for (const Item& item : sheet.items) {
        if (!areas.contains(item.area) || !areas.contains(item.printed_area))
            return wrong(file, item.code + " の分類がありません。",
                         item.code + " names an area that is not in the file.");
        if (!codes.insert(item.code).second || !numbers.insert(item.number).second)
            return wrong(file, item.code + " が重複しています。", item.code + " appears twice.");
    }
    if (sheet.items.empty()) return wrong(file, "設問がありません。", "has no items.");
    return {};
}

Result<PublishedLayout> read_published(const fs::path& file) {
    PublishedLayout layout;
    if (!fs::exists(file)) return layout;
    const toml::table table = TRY(parse_file(file));
    const auto leading_lines = table["leading_lines"].value_or(std::int64_t{0});
    if (leading_lines < 0 || leading_lines > most_leading_lines)
        return wrong(file.string(), "leading_lines には 0 から 1000 の整数が必要です。",
                     "leading_lines needs a whole number from 0 to 1000.");
    layout.leading_lines = static_cast<int>(leading_lines);
    layout.final_newline = table["final_newline"].value_or(true);
    layout.header = TRY(strings_of(table, "header", file.string()));
    return layout;
}

}  // namespace

const Area& Sheet::area(int number) const {
    return *std::ranges::find(areas, number, &Area::number);  // examined when loaded
}

const Item* Sheet::item(std::string_view code_or_number) const {
    const auto found = std::ranges::find_if(items, [&](const Item& item) {
        return item.code == code_or_number || std::to_string(item.number) == code_or_number;
    });
    return found == items.end() ? nullptr : &*found;
}

std::vector<const Item*> Sheet::rows(Rows which) const {
    std::vector<const Item*> out;
    for (const Item& item : items)
        if (which == Rows::all || !area(item.area).optional) out.push_back(&item);
    return out;
}

std::vector<checks::CheckKey> Sheet::keys(Rows which) const {
    std::set<checks::CheckKey> keys;
    for (const Item* item : rows(which))
        for (const Link& link : item->links) keys.insert(link.checks.begin(), link.checks.end());
    return {keys.begin(), keys.end()};
}

Result<Sheet> load_sheet(const fs::path& catalog, std::string_view name, const checks::Library& library) {
    const fs::path folder = catalog / "sheets" / name;
    const std::string file = (folder / "sheet.toml").string();
    if (!fs::exists(file)) {
        const std::string known = join(sheet_names(catalog), ", ");
        return fail(ErrorKind::not_found,
                    {"シート " + std::string(name) + " がありません。あるもの: " + known,
                     "there is no sheet " + std::string(name) + ". There are: " + known});
    }
    const toml::table table = TRY(parse_file(file));
    Sheet sheet;
    sheet.name = name;
    sheet.label = TRY(text_of(table, "label", file));
    TRY(read_rows(table, library, file, sheet));
    TRY(examine(sheet, file));
    sheet.published = TRY(read_published(folder / "published.toml"));
    return sheet;
}

std::vector<std::string> sheet_names(const fs::path& catalog) {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(catalog / "sheets", ignored))
        if (fs::exists(entry.path() / "sheet.toml")) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

}  // namespace maru::sheets
