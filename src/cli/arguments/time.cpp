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
            parser.say(
                "最初の日（既定は最後の日までの1年間、変更記録がそれより新しければその初日から）",
                "First day (default: a year up to the last, or the ledger's first day if that is later)"))
        ->check(parser.not_empty());
    window->add_option("--to", values.to, parser.say("最後の日（既定は今日）", "Last day (default: today)"))
        ->check(parser.not_empty());
    parser.add_sheet_name(window, values.sheet);
    parser.add_format(window, values.format, {"table", "tsv", "csv", "json"});
    parser.add_output(window, values.output);
    window->add_flag("--all", values.all_rows,
                     parser.say("任意の分類（⑪個人番号）も含める", "Include optional areas (⑪ My Number)"));
}

void add_forecast(Parser& parser) {
    auto [forecast, values] = parser.add<ForecastCommand>(
        parser.app(), "forecast",
        parser.say("だれも何もしないと、いつ何が崩れるか（暦と一覧、カレンダーファイル）",
                   "What falls when if nobody acts: a calendar, a list, a calendar file"));
    forecast
        ->add_option(
            "--until", values.until,
            parser.say("この日まで（既定は3か月先）", "Up to this day (default: three months ahead)"))
        ->check(parser.not_empty());
    parser.add_choice(
        forecast, "--by", values.by,
        parser.say("day（日）、owner（担当）、item（項目）の順に並べる", "List by day, owner or item"),
        {"day", "owner", "item"});
    forecast
        ->add_option("--for", values.person,
                     parser.say("担当者（従業者番号）", "Only this person's (employee code)"))
        ->check(parser.not_empty());
    parser.add_sheet_name(forecast, values.sheet);
    parser.add_format(forecast, values.format, {"table", "tsv", "csv", "json", "ics"});
    parser.add_output(forecast, values.output);
    forecast->add_flag("--all", values.all_rows,
                       parser.say("任意の分類（⑪個人番号）も含める", "Include optional areas (⑪ My Number)"));
    parser.add_when(forecast, values.when);
}

void add_diff(Parser& parser) {
    auto [diff, values] = parser.add<DiffCommand>(
        parser.app(), "diff",
        parser.say("2つの時点の間に変わった判定と対象、変えた人と変更記録",
                   "What changed between two moments: verdicts, rows, and who changed what by which entry"));
    diff->add_option("ITEM", values.items,
                     parser.say("設問番号。省略するとすべて", "Items (12, ipa-12); none = all"));
    diff->add_option("--from", values.from,
                     parser.say("日（その日の終わりの状態）、または @件数（変更記録の件数。例 @1200）",
                                "A day (its end), or @N: so many ledger entries, e.g. @1200"))
        ->required()
        ->check(parser.not_empty());
    diff->add_option("--to", values.to, parser.say("同じく。既定は今日", "Likewise (default: today)"))
        ->check(parser.not_empty());
    diff->add_flag("--all", values.all,
                   parser.say("件数だけが変わった項目や、対象が多い項目の対象も表示",
                              "Rows also of items of which only numbers changed, and however many they are"));
    diff->add_option("--known-at", values.known_at,
                     parser.say("両方の日を、この時までに記録されていたことで判定（件数・日・日時）",
                                "Judge both days by what was recorded up to then (entries, day, instant)"))
        ->check(parser.not_empty());
    diff->add_option("--rows", values.rows, parser.say("点検ごとに示す対象の数", "Rows shown per check"))
        ->check(parser.small_count())
        ->capture_default_str();
    parser.add_sheet_name(diff, values.sheet);
    parser.add_format(diff, values.format, {"table", "tsv", "csv", "json"});
    parser.add_output(diff, values.output);
}

}  // namespace

void declare_time(Parser& parser) {
    add_diff(parser);
    add_forecast(parser);
    add_window(parser);
}

}  // namespace maru::cli
