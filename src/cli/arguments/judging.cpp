// Sheets, checks and tasks.
#include "arguments/parser.hpp"

namespace maru::cli {

namespace {

void add_sheet(Parser& parser) {
    auto [sheet, sheet_values] = parser.add<SheetCommand>(
        parser.app(), "sheet", parser.say("チェックシートを判定して表示", "Judge and print a check sheet"));
    parser.add_sheet_name(sheet, sheet_values.sheet);
    parser.add_when(sheet, sheet_values.when);
    parser.add_format(sheet, sheet_values.format, {"table", "tsv", "csv", "json", "xlsx"});
    parser.add_choice(sheet, "--layout", sheet_values.layout,
                      parser.say("verdicts（判定）または published（公表形式）",
                                 "verdicts, or published (the claims as they were published)"),
                      {"verdicts", "published"});
    parser.add_output(sheet, sheet_values.output);
    sheet->add_flag("--all", sheet_values.all_rows,
                    parser.say("任意の分類（⑪個人番号）も含める", "Include optional areas (⑪ My Number)"));
    sheet
        ->add_option("--offenders", sheet_values.offenders,
                     parser.say("点検ごとに示す対象の数", "Offending rows shown per check"))
        ->check(parser.small_count())
        ->capture_default_str();
}

void add_check(Parser& parser) {
    auto [check, check_values] =
        parser.add<CheckCommand>(parser.app(), "check",
                                 parser.say("項目または点検を調べる（すべて○なら終了コード0）",
                                            "Look into items or checks (exit code 0 only if all are ○)"));
    check->add_option("NAME", check_values.names,
                      parser.say("設問番号（12、ipa-12）または点検名。省略するとすべて",
                                 "Item (12, ipa-12) or check; none = all"));
    check->add_flag(
        "--explain", check_values.explain,
        parser.say("満たしている対象も含めてすべて表示", "Show every row, also the satisfied ones"));
    parser.add_sheet_name(check, check_values.sheet);
    parser.add_format(check, check_values.format, {"table", "json"});
    parser.add_when(check, check_values.when);
}

void add_tasks(Parser& parser) {
    auto [tasks, tasks_values] = parser.add<TasksCommand>(
        parser.app(), "tasks",
        parser.say("対応事項を期限順に表示", "What has to be done, by date and owner"));
    tasks->add_option("--for", tasks_values.person,
                      parser.say("担当者（従業者番号）", "Only this person's (employee code)"));
    tasks->add_option("--until", tasks_values.until,
                      parser.say("この日までに期限が来るものも（既定は30日先）",
                                 "Also what falls due until this day (default: 30 days ahead)"));
    parser.add_sheet_name(tasks, tasks_values.sheet);
    parser.add_when(tasks, tasks_values.when);
}

}  // namespace

void declare_judging(Parser& parser) {
    add_sheet(parser);
    add_check(parser);
    add_tasks(parser);
}

}  // namespace maru::cli
