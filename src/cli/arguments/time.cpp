// The past and what is to come.
#include "arguments/parser.hpp"

namespace maru::cli {

namespace {

void add_window(Parser& parser) {
    auto [window, values] = parser.add<WindowCommand>(
        parser.app(), "window",
        parser.say("期間中、証明できる○だった日の割合と、そうでなかった期間",
                   "Share of a period's days on which each item was provably ○, and the gaps"));
    window->add_option("ITEM", values.items,
                       parser.say("設問番号。省略するとすべて", "Items (12, ipa-12); none = all"));
    window
        ->add_option(
            "--from", values.from,
            parser.say("最初の日（既定は最後の日までの1年間）", "First day (default: a year up to the last)"))
        ->check(parser.not_empty());
    window->add_option("--to", values.to, parser.say("最後の日（既定は今日）", "Last day (default: today)"))
        ->check(parser.not_empty());
    parser.add_sheet_name(window, values.sheet);
    parser.add_format(window, values.format, {"table", "json", "tsv", "csv"});
    window->add_option("-o,--output", values.output, parser.say("書き出すファイル", "File to write"));
    window->add_flag("--all", values.all_rows,
                     parser.say("任意の分類（⑪個人番号）も含める", "Include optional areas (⑪ My Number)"));
}

}  // namespace

void declare_time(Parser& parser) { add_window(parser); }

}  // namespace maru::cli
