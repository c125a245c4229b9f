// Sheet files (docs/formats/sheet.md): areas, items, the checks each item names, and how the published file
// is laid out.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "checks/evaluation.hpp"
#include "core/result.hpp"
#include "core/text.hpp"

namespace maru::sheets {

enum class Level { asked, claimed, extra };

// From an item to a check, or to a group of which one satisfied member suffices.
struct Link {
    std::vector<checks::CheckKey>
        checks;  // one, or the members of an any-of group; with the item for checks that call item()
    Level level = Level::asked;
    std::string scope;  // not applicable while this topic is declared none
    bool any_of() const { return checks.size() > 1; }
};

struct Area {
    int number = 0;
    Text label;
    bool optional = false;  // not in the published layout
};

struct Item {
    int number = 0;
    std::string code;      // permanent
    int area = 0;          // where it belongs
    int printed_area = 0;  // where the published sheet prints it
    Text question;
    std::vector<Link> links;
};

// Bytes around and between the cells of the published file.
struct PublishedLayout {
    int leading_lines = 0;
    std::vector<std::string> header;
    bool final_newline = true;
};

struct Sheet {
    std::string name;  // folder name, e.g. "ipa-52"
    Text label;
    std::vector<Area> areas;
    std::vector<Item> items;
    PublishedLayout published;

    const Area& area(int number) const;
    const Item* item(std::string_view code_or_number) const;  // "ipa-12" or "12"
    // Items of the published sheet; with optional areas when asked for.
    enum class Rows { published, all };
    std::vector<const Item*> rows(Rows which) const;
    std::vector<checks::CheckKey> keys(Rows which) const;  // every (check, item) once
};

// Reads catalog/sheets/<name>. Errors name file, item and check: unknown checks, double codes, unknown scope
// topics.
Result<Sheet> load_sheet(const std::filesystem::path& catalog, std::string_view name,
                         const checks::Library& library);
std::vector<std::string> sheet_names(const std::filesystem::path& catalog);

}  // namespace maru::sheets
