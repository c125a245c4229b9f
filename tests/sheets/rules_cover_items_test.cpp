// The check rules-cover-items carries the list of items that need a rule; the sheet says which those are.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "checks/check.hpp"
#include "registers/schema.hpp"
#include "sheets/sheet.hpp"

namespace maru::sheets {
namespace {

using ItemAndScope = std::pair<std::string, std::string>;

std::set<ItemAndScope> listed(const std::string& sql) {
    static const std::regex row("'(ipa-[0-9]+)'(?: as code)?, '([a-z_]*)'");
    std::set<ItemAndScope> out;
    for (std::sregex_iterator at(sql.begin(), sql.end(), row), end; at != end; ++at)
        out.emplace((*at)[1], (*at)[2]);
    return out;
}

std::set<ItemAndScope> needed(const Sheet& sheet) {
    std::set<ItemAndScope> out;
    for (const Item* item : sheet.rows(Sheet::Rows::published))
        for (const Link& link : item->links)
            if (link.checks.front().check == "rule-in-force" && link.checks.front().item == item->code)
                out.emplace(item->code, link.scope);
    return out;
}

TEST(RulesCoverItems, ListsExactlyTheItemsOfTheSheetThatNeedARule) {
    const std::filesystem::path catalog = std::filesystem::path(MARU_SOURCE_DIR) / "catalog";
    const auto schema = registers::Schema::load(catalog / "registers");
    ASSERT_TRUE(schema.has_value());
    const auto library = checks::Library::load(catalog, *schema);
    ASSERT_TRUE(library.has_value());
    const auto sheet = load_sheet(catalog, "ipa-52", *library);
    ASSERT_TRUE(sheet.has_value());
    EXPECT_EQ(listed(library->checks.at("rules-cover-items").sql), needed(*sheet));
}

}  // namespace
}  // namespace maru::sheets
