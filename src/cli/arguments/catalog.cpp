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
        *catalog, "registers",
        parser.say("台帳の一覧、または台帳の項目", "Registers, or the fields of some"));
    registers_values.what = CatalogCommand::What::registers;
    registers->add_option("NAME", registers_values.names, parser.say("台帳", "Register"));
    auto [checks, checks_values] = parser.add<CatalogCommand>(
        *catalog, "checks", parser.say("点検の一覧、または点検の説明", "Checks, or some explained"));
    checks_values.what = CatalogCommand::What::checks;
    checks->add_option("NAME", checks_values.names, parser.say("点検", "Check"));
    auto [sheets, sheets_values] =
        parser.add<CatalogCommand>(*catalog, "sheets",
                                   parser.say("シートの一覧、1つの設問の一覧、または設問の説明",
                                              "Sheets, the items of one, or items in full"));
    sheets_values.what = CatalogCommand::What::sheets;
    sheets->add_option("SHEET ITEM", sheets_values.names,
                       parser.say("シート（例 ipa-52）、続けて設問番号（例 16）",
                                  "Sheet (e.g. ipa-52), then items (e.g. 16)"));
}

}  // namespace maru::cli
