// Records of the registers: reading, writing, import and export.
#include "arguments/parser.hpp"

namespace maru::cli {

namespace {

void add_reading(Parser& parser) {
    auto [list, list_values] = parser.add<ListCommand>(
        parser.app(), "list", parser.say("台帳の記録を一覧表示", "List the records of a register"));
    list->add_option(
            "REGISTER", list_values.register_name,
            parser.say("台帳（maru catalog registers で一覧）", "Register (see: maru catalog registers)"))
        ->required();
    list->add_flag(
        "--retired", list_values.retired,
        parser.say("外した記録を、日時・理由とともに表示", "Those that were retired: when, by whom and why"));
    parser.add_format(list, list_values.format, {"table", "tsv", "csv", "json"});
    parser.add_when(list, list_values.when);

    auto [show, show_values] =
        parser.add<ShowCommand>(parser.app(), "show", parser.say("記録を1件表示", "Show one record"));
    parser.add_record(show, show_values.register_name, show_values.record);
    parser.add_when(show, show_values.when);

    auto [history, history_values] = parser.add<HistoryCommand>(
        parser.app(), "history", parser.say("記録のすべての版を表示", "Show every version of a record"));
    parser.add_record(history, history_values.register_name, history_values.record);
}

void add_writing(Parser& parser) {
    auto [put, put_values] = parser.add<PutCommand>(
        parser.app(), "put", parser.say("記録を登録・変更", "Create or change a record"));
    put->add_option("REGISTER", put_values.register_name, parser.say("台帳", "Register"))->required();
    put->add_option(
           "FIELD=VALUE", put_values.fields,
           parser.say("項目=値 …、またはJSONオブジェクト1つ（- は標準入力）。空の値は項目を空にします",
                      "field=value …, or one JSON object (- reads it from standard input). An empty "
                      "value empties the field"))
        ->required();
    put->add_option(
        "--id", put_values.id,
        parser.say("記録の番号（自然キーを変えるとき）", "Id of the record (to change its natural key)"));
    put->add_option("--if-version", put_values.if_version,
                    parser.say("この版のときだけ変更", "Only if the record still has this version"));
    put->add_option("--by", put_values.by,
                    parser.say("変更者（従業者番号）", "Who does this (employee code)"));

    auto [retire, retire_values] = parser.add<RetireCommand>(
        parser.app(), "retire",
        parser.say("記録を外す（履歴は残ります）", "Retire a record (its history stays)"));
    parser.add_record(retire, retire_values.register_name, retire_values.record);
    retire->add_option("--reason", retire_values.reason, parser.say("理由", "Why"));
    retire->add_option("--if-version", retire_values.if_version,
                       parser.say("この版のときだけ", "Only if the record still has this version"));
    retire->add_option("--by", retire_values.by,
                       parser.say("変更者（従業者番号）", "Who does this (employee code)"));
}

void add_exchange(Parser& parser) {
    auto [import, import_values] = parser.add<ImportCommand>(
        parser.app(), "import",
        parser.say("CSV・TSV・xlsxを台帳に取り込む（1行でも誤りがあれば何も変えません）",
                   "Import CSV, TSV or xlsx into a register (all or nothing)"));
    import->add_option("REGISTER", import_values.register_name, parser.say("台帳", "Register"))->required();
    import
        ->add_option("FILE", import_values.file,
                     parser.say("ファイル（UTF-8・CP932。- は標準入力）",
                                "File (UTF-8 or CP932; - is standard input)"))
        ->required();
    parser.add_table_format(import, import_values.format);
    import->add_flag("--dry-run", import_values.dry_run,
                     parser.say("調べるだけで取り込まない", "Only check, change nothing"));

    auto [out, export_values] = parser.add<ExportCommand>(
        parser.app(), "export", parser.say("台帳を書き出す", "Export one register or all"));
    out->add_option("REGISTER", export_values.register_name,
                    parser.say("台帳（省略するとすべて）", "Register (none = all)"));
    out->add_option("-o,--output", export_values.output,
                    parser.say("ファイル（- は標準出力）、またはすべてのときはフォルダかxlsx",
                               "File (- is standard output); for all registers a folder or an xlsx file"))
        ->required();
    parser.add_force(out, export_values.force);
    parser.add_table_format(out, export_values.format);
    parser.add_choice(out, "--headings", export_values.headings,
                      parser.say("見出し: ja, en, names", "Headings: ja, en, names"), {"ja", "en", "names"});
    parser.add_when(out, export_values.when);
}

}  // namespace

void declare_records(Parser& parser) {
    add_reading(parser);
    add_writing(parser);
    add_exchange(parser);
}

}  // namespace maru::cli
