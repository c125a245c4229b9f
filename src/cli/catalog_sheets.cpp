#include "cli/catalog_sheets.hpp"

#include <fmt/core.h>

#include <ostream>

#include "checks/paths.hpp"
#include "cli/tables.hpp"
#include "core/wrapping.hpp"

namespace maru::cli {

namespace {

using checks::Library;
using sheets::Item;
using sheets::Link;
using sheets::Sheet;

constexpr std::array levels{sheets::Level::asked, sheets::Level::claimed, sheets::Level::extra};

std::string link_text(const Link& link) {
    std::vector<std::string> names;
    for (const auto& key : link.checks) names.push_back(key.check);
    return join(names, "|");
}

void show_links(const Session& session, const Item& item, sheets::Level level) {
    std::vector<std::string> names;
    for (const auto& link : item.links)
        if (link.level == level) names.push_back(link_text(link));
    if (names.empty()) return;
    session.out << "      " << sheets::level_name(level, session.common.language) << ": " << join(names, ", ")
                << "\n";
}

void show_items(const Session& session, const Sheet& sheet) {
    for (const Item& item : sheet.items) {
        session.out << fmt::format("{:3} {}\n", item.number, item.question.in(session.common.language));
        for (const auto level : levels) show_links(session, item, level);
    }
}

// One item in full.
class ItemPrinter {
public:
    ItemPrinter(const Session& session, const Library& library, const registers::Schema& schema)
        : session_(session), library_(library), schema_(schema), language_(session.common.language) {}

    void print(const Sheet& sheet, const Item& item) const {
        lines(fmt::format("{} ({})  {}{}", item.number, item.code, sheet.area(item.area).label.in(language_),
                          printed_elsewhere(sheet, item)),
              0);
        lines(item.question.in(language_), 2);
        for (const auto level : levels)
            for (const Link& link : item.links)
                if (link.level == level) print(link);
        session_.out << "\n";
    }

private:
    void lines(const std::string& text, std::size_t indent) const {
        session_.out << aligned({{text}}, session_.width, indent);
    }

    std::string printed_elsewhere(const Sheet& sheet, const Item& item) const {
        if (item.printed_area == item.area) return "";
        return session_.say("（印刷では ", " (printed under ") +
               sheet.area(item.printed_area).label.in(language_) + session_.say("）", ")");
    }

    void print(const Link& link) const {
        lines("[" + sheets::level_name(link.level, language_) + "]" +
                  (link.any_of() ? session_.say(" 次のいずれか", " any one of") : ""),
              2);
        for (const checks::CheckKey& key : link.checks) print(library_.checks.find(key.check)->second);
        const auto topic = library_.scopes.find(link.scope);
        if (topic != library_.scopes.end())
            lines(
                fmt::format("{}: {} ({})", session_.say("該当なしと宣言できる範囲", "may be declared absent"),
                            topic->second.label.in(language_), link.scope),
                4);
    }

    void print(const checks::Check& check) const {
        lines(check.name + " — " + check.title.in(language_), 4);
        lines(session_.say("読む台帳: ", "reads: ") + registers_read(check, schema_, language_), 6);
        if (!check.mirrors.empty())
            lines(session_.say("前提となる一覧: ", "lists it trusts: ") + join(check.mirrors, ", "), 6);
    }

    const Session& session_;
    const Library& library_;
    const registers::Schema& schema_;
    Language language_;
};

Result<const Item*> find_item(const Sheet& sheet, const std::string& name) {
    if (const Item* item = sheet.item(name)) return item;
    return fail(ErrorKind::not_found,
                {fmt::format("シート {} に設問「{}」はありません。maru catalog sheets {} で一覧できます。",
                             sheet.name, name, sheet.name),
                 fmt::format("the sheet {} has no item \"{}\"; see maru catalog sheets {}.", sheet.name, name,
                             sheet.name)});
}

}  // namespace

std::string registers_read(const checks::Check& check, const registers::Schema& schema, Language language) {
    std::vector<std::string> names;
    for (const auto& [name, path] : checks::paths_to_subject(check, schema))
        if (const registers::Register* of = schema.find(name))
            names.push_back(language == Language::ja ? of->label.ja + "（" + name + "）" : name);
    return join(names, language == Language::ja ? "、" : ", ");
}

Result<int> list_sheets(const Session& session, const CatalogCommand& command) {
    const auto schema = TRY(session.schema());
    const Library library = TRY(session.library(schema));
    if (command.names.empty()) {
        Rows rows;
        for (const std::string& name : sheets::sheet_names(session.catalog())) {
            const Sheet sheet = TRY(sheets::load_sheet(session.catalog(), name, library));
            rows.push_back(
                {name, sheet.label.in(session.common.language), std::to_string(sheet.items.size())});
        }
        session.out
            << aligned(rows, session.width)
            << session.say(
                   "設問の一覧: maru catalog sheets 名前、設問の説明: maru catalog sheets 名前 設問番号\n",
                   "Its items: maru catalog sheets NAME; one of them: maru catalog sheets NAME ITEM\n");
        return 0;
    }
    const Sheet sheet = TRY(sheets::load_sheet(session.catalog(), command.names.front(), library));
    if (command.names.size() == 1) show_items(session, sheet);
    std::vector<const Item*> items;
    for (std::size_t i = 1; i < command.names.size(); ++i)
        items.push_back(TRY(find_item(sheet, command.names[i])));
    for (const Item* item : items) ItemPrinter(session, library, schema).print(sheet, *item);
    return 0;
}

}  // namespace maru::cli
