// Making an organisation.
#include "arguments/parser.hpp"

namespace maru::cli {

void declare_start(Parser& parser) {
    auto [command, init_values] =
        parser.add<Init>(parser.app(), "init", parser.say("組織を新しく作る", "Make a new organisation"));
    command->add_option("DIR", init_values.folder, parser.say("作るフォルダ", "Folder to make"))
        ->required()
        ->check(parser.not_empty());
    command->add_option("--name", init_values.name, parser.say("組織の名称", "Name of the organisation"))
        ->check(parser.not_empty());
    command
        ->add_option(
            "--origin", init_values.origin,
            parser.say("変更記録簿の名前（監査人が見る名前。例 example.co.jp/maru。空白と + "
                       "は不可、後から変えられません）",
                       "Name of the ledger that auditors see, e.g. example.co.jp/maru: ASCII without space "
                       "and +, for good (default: derived from the folder)"))
        ->check(parser.not_empty());
    command->add_flag(
        "--sample", init_values.sample,
        parser.say("見本の会社（約30人）を入れる", "Fill it with the sample company (about 30 people)"));
    command->add_flag("--no-past", init_values.no_past,
                      parser.say("見本の記録をすべて今日のものとして入れる（記録簿に過去の1年がない）",
                                 "Tell all records of the sample today: a ledger without a year behind it"));
    command->add_option(
        "--with", init_values.with,
        parser.say("見本形式のフォルダを追加で読み込む", "Also load these folders in sample format"));
}

}  // namespace maru::cli
