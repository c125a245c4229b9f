// Proofs for others: receipts, packs, and their verification.
#include "arguments/parser.hpp"

namespace maru::cli {

namespace {

void add_receipt(Parser& parser, CLI::App& ledger) {
    auto [receipt, values] = parser.add<ReceiptCommand>(
        ledger, "receipt",
        parser.say("記録1件の証明と、開示する項目だけのファイルを作る",
                   "Prove one record: a receipt, and the record with the fields that you disclose"));
    parser.add_record(receipt, values.register_name, values.record);
    receipt->add_option("--version", values.version,
                        parser.say("この版（既定は最新）", "This version (default: the newest)"));
    receipt
        ->add_option(
            "--fields", values.fields,
            parser.say("開示する項目（a,b）。all はすべて。省略すると、個人データでなく誰でも見られる項目",
                       "Fields to disclose (a,b), or all. Default: those that everyone may see and "
                       "that are not personal"))
        ->check(parser.not_empty());
    receipt
        ->add_option("-o,--output", values.output,
                     parser.say("書き出す FILE.tlog-proof（開示した記録は FILE.json）",
                                "FILE.tlog-proof to write; the record goes to FILE.json"))
        ->required();
    parser.add_force(receipt, values.force);
    receipt->footer(parser.say(
        "例:  maru ledger receipt device PC-001 -o pc.tlog-proof   （開示する記録は pc.json に）\n"
        "     maru ledger receipt person E001 --fields code,name -o e001.tlog-proof\n"
        "両方のファイルと maru ledger key を渡した相手は:  maru ledger verify pc.tlog-proof --key VKEY",
        "E.g.:  maru ledger receipt device PC-001 -o pc.tlog-proof   (the record goes to pc.json)\n"
        "       maru ledger receipt person E001 --fields code,name -o e001.tlog-proof\n"
        "Whoever got both files and maru ledger key:  maru ledger verify pc.tlog-proof --key VKEY"));
}

void add_pack(Parser& parser) {
    auto [pack, values] = parser.add<PackCommand>(
        parser.app(), "pack",
        parser.say(
            "監査パックを作る: 記録簿、証明、証跡、期間両端のシートを1つの zip に",
            "Make an audit pack: log, proofs, evidence and the sheet at both ends of a period, in one zip"));
    pack->add_option("--from", values.from, parser.say("期間の最初の日", "First day of the period"))
        ->required()
        ->check(parser.not_empty());
    pack->add_option("--to", values.to,
                     parser.say("期間の最後の日（既定は今日）", "Last day of the period (default: today)"))
        ->check(parser.not_empty());
    pack->add_option("--items", values.items,
                     parser.say("この設問だけ（5,6）。既定はすべて", "These items only (5,6); default: all"));
    parser.add_sheet_name(pack, values.sheet);
    pack->add_flag("--all", values.all_rows,
                   parser.say("任意の分類（⑪個人番号）も含める", "Include optional areas (⑪ My Number)"));
    pack->add_option("--records", values.records,
                     parser.say("台帳ごとに開示する記録の上限（満たさないもの、新しいものから）",
                                "Records disclosed per register, at most (offenders first, then the newest)"))
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000}))
        ->capture_default_str();
    pack->add_option("-o,--output", values.output, parser.say("書き出す FILE.zip", "FILE.zip to write"))
        ->required();
    parser.add_force(pack, values.force);
    pack->footer(parser.say(
        "例:  maru pack --from 2026-04-01 --to 2027-03-31 -o 2026年度.zip\n"
        "監査人は:  maru ledger verify 2026年度.zip --key VKEY   （zip の中の VERIFY.md に、maru "
        "を使わない確かめ方もあります）",
        "E.g.:         maru pack --from 2026-04-01 --to 2027-03-31 -o year.zip\n"
        "The auditor:  maru ledger verify year.zip --key VKEY   (VERIFY.md in the zip shows how to "
        "check without maru, too)"));
}

}  // namespace

// After declare_ledger().
void declare_proofs(Parser& parser) {
    add_receipt(parser, *parser.app().get_subcommand("ledger"));
    add_pack(parser);
}

}  // namespace maru::cli
