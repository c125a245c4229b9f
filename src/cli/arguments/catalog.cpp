// What the product knows.
#include "arguments/parser.hpp"

namespace maru::cli {

void declare_catalog(Parser& parser) {
    CLI::App* catalog = parser.app().add_subcommand(
        "catalog", parser.say("製品が知っていること（データ）", "What the product knows, as data"));
    catalog->require_subcommand(1);
    auto [lint, lint_values] = parser.add<CatalogCommand>(
        *catalog, "lint", parser.say("カタログの誤りを調べる", "Prove that the catalog is right"));
    lint->add_option("CHECK", lint_values.names,
                     parser.say("点検名（省略するとすべて）", "Checks (none = all)"));
    lint->add_flag("--explain", lint_values.explain,
                   parser.say("読む台帳・経路・問合せ計画も表示",
                              "Also show what each check reads, its paths and query plan"));
    lint->add_flag("--write", lint_values.write,
                   parser.say("catalog/derived を書き直す", "Write catalog/derived anew"));
    auto [registers, registers_values] = parser.add<CatalogCommand>(
        *catalog, "registers", parser.say("台帳の一覧、または1つの項目", "Registers, or the fields of one"));
    registers_values.what = CatalogCommand::What::registers;
    registers->add_option("NAME", registers_values.names, parser.say("台帳", "Register"));
    auto [checks, checks_values] = parser.add<CatalogCommand>(
        *catalog, "checks", parser.say("点検の一覧、または1つの説明", "Checks, or one explained"));
    checks_values.what = CatalogCommand::What::checks;
    checks->add_option("NAME", checks_values.names, parser.say("点検", "Check"));
    auto [sheets, sheets_values] = parser.add<CatalogCommand>(
        *catalog, "sheets", parser.say("シートの一覧、または1つの設問", "Sheets, or the items of one"));
    sheets_values.what = CatalogCommand::What::sheets;
    sheets->add_option("NAME", sheets_values.names, parser.say("シート", "Sheet"));
}

}  // namespace maru::cli
