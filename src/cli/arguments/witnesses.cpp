// Witnesses and time stamps of the ledger.
#include "arguments/parser.hpp"

namespace maru::cli {

namespace {

void add_serving(Parser& parser, CLI::App& witness) {
    auto [app, values] = parser.add<WitnessServe>(
        witness, "serve",
        parser.say("立会人になる: 他社の記録簿が書き換わっていないことに連署する（C2SP tlog-witness）",
                   "Be a witness: cosign what continues the logs of others (C2SP tlog-witness)"));
    app->add_option(
           "--state", values.state,
           parser.say("見た内容を覚えるファイル（なければ作る。古いものに戻してはいけません）",
                      "File that remembers what was seen; made when missing, never restore an old one"))
        ->required()
        ->check(parser.not_empty());
    app->add_option("--key", values.key,
                    parser.say("立会人の秘密鍵（maru ledger witness key で作る）",
                               "The witness's private key (maru ledger witness key makes it)"))
        ->required()
        ->check(parser.not_empty());
    app->add_option("--listen", values.listen,
                    parser.say("待ち受けるアドレスと番号。TLS はリバースプロキシで",
                               "Address and port; TLS by a reverse proxy in front"))
        ->capture_default_str()
        ->check(parser.not_empty());
    app->add_option("--log", values.logs,
                    parser.say("立ち会う記録簿の公開鍵（vkey）。いくつでも",
                               "Public keys (vkey) of the logs to cosign, as many as you like"))
        ->required()
        ->check(parser.not_empty());
    app->footer(parser.say(
        "始め方:  maru ledger witness key --key w.key --name witness.example.co.jp   "
        "（表示された鍵を相手に渡す）\n"
        "         maru ledger witness serve --state w.db --key w.key --log 相手のVKEY\n"
        "相手は:  maru ledger key を渡し、policy.txt に witness 行を書いて maru ledger cosign",
        "Begin with:  maru ledger witness key --key w.key --name witness.example.com   (give them the key it "
        "prints)\n"
        "             maru ledger witness serve --state w.db --key w.key --log THEIR_VKEY\n"
        "They:        hand over maru ledger key, name you in policy.txt, and run maru ledger cosign"));
}

void add_key(Parser& parser, CLI::App& witness) {
    auto [app, values] =
        parser.add<WitnessKey>(witness, "key",
                               parser.say("立会人の公開鍵（vkey）を表示。なければ作る",
                                          "Print the witness's public key (vkey); make it when missing"));
    app->add_option("--key", values.key, parser.say("秘密鍵のファイル", "File of the private key"))
        ->required()
        ->check(parser.not_empty());
    app->add_option("--name", values.name,
                    parser.say("新しい鍵の名前（例 witness.example.co.jp）",
                               "Name of a new key, e.g. witness.example.com"))
        ->check(parser.not_empty());
}

void add_cosigning(Parser& parser, CLI::App& ledger) {
    auto [app, values] = parser.add<CosignCommand>(
        ledger, "cosign",
        parser.say(
            "最新のチェックポイントに立会人の連署を求める（終了コード0: 方針の人数が揃った、1: "
            "足りない・警報）",
            "Ask the witnesses to cosign the newest checkpoint (exit code 0: quorum met, 1: too few, or an "
            "alarm)"));
    app->add_option(
           "--policy", values.policy,
           parser.say("方針ファイル（C2SP tlog-policy、既定: 組織のフォルダの policy.txt）",
                      "Policy file (C2SP tlog-policy; default: policy.txt in the organisation's folder)"))
        ->check(parser.not_empty());
    app->footer(
        parser.say("方針ファイルの例（二人のうち一人でよい）:\n"
                   "  log 自分のVKEY\n  witness w1 VKEY https://witness.example.com/\n  witness w2 VKEY "
                   "https://witness.example.org/\n"
                   "  group g any w1 w2\n  quorum g\n"
                   "立会人がこちらより多くの記録を知っていれば警報を出し、証拠があれば書き込みを止めます。定"
                   "期的に実行してください（cron など）。",
                   "A policy file (one of two is enough):\n"
                   "  log OUR_VKEY\n  witness w1 VKEY https://witness.example.com/\n  witness w2 VKEY "
                   "https://witness.example.org/\n"
                   "  group g any w1 w2\n  quorum g\n"
                   "When a witness knows more entries than we have, this raises an alarm, and with proof it "
                   "stops all writing. "
                   "Run it regularly, from cron for example."));
}

void add_stamping(Parser& parser, CLI::App& ledger) {
    auto [app, values] = parser.add<StampCommand>(
        ledger, "stamp",
        parser.say("最新のチェックポイントに時刻認証局のタイムスタンプを得て記録する（RFC 3161）",
                   "Have a time stamping authority stamp the newest checkpoint, and enter it (RFC 3161)"));
    app->add_option("--tsa", values.tsa, parser.say("時刻認証局のアドレス", "Address of the authority"))
        ->required()
        ->check(parser.not_empty());
    app->add_option("--ca", values.ca,
                    parser.say("信じるルート証明書（PEM）", "Root certificates to believe (PEM)"))
        ->required()
        ->check(parser.not_empty());
    app->add_option("--untrusted", values.untrusted,
                    parser.say("途中の証明書（PEM）", "Certificates between root and authority (PEM)"))
        ->check(parser.not_empty());
    app->add_option("--renew-before", values.renew_before,
                    parser.say("最後の刻印の証明書があと何日で切れるときだけ取り直すか",
                               "Only when the last stamp's certificate ends within this many days"))
        ->check(parser.small_count());
    app->add_option(
           "-o,--output", values.output,
           parser.say("件数.body・.tsq・.tsr も書き出すフォルダ（openssl ts -verify で確かめられます）",
                      "Also write SIZE.body, .tsq and .tsr into this folder, for openssl ts -verify"))
        ->check(parser.not_empty());
    app->footer(
        parser.say("例:  maru ledger stamp --tsa http://tsa.example.jp/ --ca root.pem -o stamps\n"
                   "確かめる（件数が 120 のとき）:  openssl ts -verify -data stamps/120.body -in "
                   "stamps/120.tsr -CAfile root.pem\n"
                   "毎日の cron には --renew-before 90 "
                   "を付けると、証明書が切れる前だけ取り直します。失効（CRL）は調べません。",
                   "E.g.:  maru ledger stamp --tsa http://tsa.example.com/ --ca root.pem -o stamps\n"
                   "Check (of 120 entries):  openssl ts -verify -data stamps/120.body -in stamps/120.tsr "
                   "-CAfile root.pem\n"
                   "From cron every day with --renew-before 90 it stamps again only before the certificate "
                   "ends. Revocation (CRL) is "
                   "not asked."));
}

}  // namespace

void declare_witnesses(Parser& parser, CLI::App& ledger) {
    CLI::App* witness =
        ledger.add_subcommand("witness", parser.say("立会人として働く", "Be a witness for others"));
    witness->require_subcommand(1);
    add_serving(parser, *witness);
    add_key(parser, *witness);
    add_cosigning(parser, ledger);
    add_stamping(parser, ledger);
}

}  // namespace maru::cli
