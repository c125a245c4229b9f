// The ledger that others can check.
#include "arguments/parser.hpp"

namespace maru::cli {

namespace {

using Action = LedgerCommand::Action;

LedgerCommand& add_action(Parser& parser, CLI::App& ledger, const char* name, const char* help,
                          Action action) {
    auto [app, values] = parser.add<LedgerCommand>(ledger, name, help);
    values.action = action;
    return values;
}

void add_looking(Parser& parser, CLI::App& ledger) {
    add_action(parser, ledger, "status",
               parser.say("件数・署名・アンカーの状態を表示", "Show size, signatures and the anchor"),
               Action::status);
    add_action(parser, ledger, "checkpoint",
               parser.say("最新のチェックポイントを表示（未署名の記録があれば先に署名）",
                          "Print the newest checkpoint; signs first what is not signed yet"),
               Action::checkpoint);
    add_action(
        parser, ledger, "key",
        parser.say(
            "検証に使う公開鍵（vkey）を表示。監査人・取引先に別の経路で渡してください",
            "Print the public key (vkey) for verifying; hand it to auditors by another way than the log"),
        Action::key);
}

void add_exporting(Parser& parser, CLI::App& ledger) {
    auto [app, values] =
        parser.add<LedgerCommand>(ledger, "export",
                                  parser.say("変更記録簿を、誰でも検証できる形（C2SP "
                                             "tlog-tiles）で書き出す。同じフォルダに何度でも追記できます",
                                             "Write the log in a form that anybody can check (C2SP "
                                             "tlog-tiles); run it again to bring a folder up "
                                             "to date"));
    values.action = Action::export_log;
    app->add_option("-o,--output", values.folder, parser.say("フォルダ", "Folder"))
        ->required()
        ->check(parser.not_empty());
}

void add_verifying(Parser& parser, CLI::App& ledger) {
    auto [app, values] = parser.add<LedgerCommand>(
        ledger, "verify",
        parser.say(
            "すべてを計算し直して確かめる。組織のデータベースでは、台帳のすべての版が変更記録のとおりか"
            "も確かめる（一致すれば終了コード0、違えば1、読めなければ2）",
            "Hash everything again and compare; in the organisation's database also every version of every "
            "record with its entry (exit code 0: holds, 1: does not, 2: cannot be read)"));
    values.action = Action::verify;
    app->add_option("PATH", values.folder,
                    parser.say("maru ledger export のフォルダ、監査パック（zip かフォルダ）、記録証明"
                               "（省略すると組織のデータベース）",
                               "Folder of maru ledger export, audit pack (zip or folder), or receipt "
                               "(default: the organisation's database)"));
    app->add_option(
           "--key", values.key,
           parser.say(
               "信じる公開鍵（vkey）、またはそのファイル（既定: 中の keys/log.vkey。記録証明では必須）",
               "Public key (vkey) to believe, or a file with it (default: keys/log.vkey in it; a receipt "
               "needs one)"))
        ->check(parser.not_empty());
    app->add_option("--policy", values.policy,
                    parser.say("立会人も求める方針ファイル（C2SP tlog-policy）",
                               "Policy file that also asks for witnesses (C2SP tlog-policy)"))
        ->check(parser.not_empty());
    app->add_option("--record", values.record,
                    parser.say("記録証明の対になる記録（既定: 同じ名前の .json）",
                               "The record that a receipt is about (default: the .json of its name)"))
        ->check(parser.not_empty());
}

void add_renewing(Parser& parser, CLI::App& ledger) {
    auto [app, values] = parser.add<LedgerCommand>(
        ledger, "renew",
        parser.say("新しい鍵と名前で続ける（失われた記録が戻らないとき、鍵が漏れたときだけ）",
                   "Go on under a new key and name: only when entries are lost for good, or the key leaked"));
    values.action = Action::renew;
    app->add_option("--cause", values.cause,
                    parser.say("理由（記録に残り、監査人が読みます。個人名は書かない）",
                               "Why; it becomes part of the ledger and auditors read it. No names of people"))
        ->required()
        ->check(parser.not_empty());
    app->add_option("--origin", values.origin,
                    parser.say("新しい名前（既定は今の名前に /2、/3 …）",
                               "New name (default: the old one with /2, /3, …)"))
        ->check(parser.not_empty());
}

}  // namespace

void declare_ledger(Parser& parser) {
    CLI::App* ledger = parser.app().add_subcommand(
        "ledger", parser.say("変更記録簿: 署名・書き出し・検証", "The ledger: sign, export, verify"));
    ledger->require_subcommand(1);
    add_looking(parser, *ledger);
    add_exporting(parser, *ledger);
    add_verifying(parser, *ledger);
    add_renewing(parser, *ledger);
    declare_witnesses(parser, *ledger);
    const char* handing_out = parser.say(
        "監査人に渡す:  maru ledger export -o 記録簿 && maru ledger key\n"
        "受け取った側:  maru ledger verify 記録簿 --key VKEY   （maru "
        "以外の検証ツールでも同じ結果になります）",
        "For an auditor:  maru ledger export -o log && maru ledger key\n"
        "At their side:   maru ledger verify log --key VKEY   (tools that are not ours agree)");
    for (CLI::App* app : {ledger, ledger->get_subcommand("export")}) app->footer(handing_out);
}

}  // namespace maru::cli
