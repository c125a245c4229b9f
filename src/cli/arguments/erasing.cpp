// Erasing people.
#include "arguments/parser.hpp"

namespace maru::cli {

void declare_erasing(Parser& parser) {
    CLI::App* erase =
        parser.app().add_subcommand("erase", parser.say("個人データの消去（法令で残すものは残す）",
                                                        "Erase a person's data (what laws demand stays)"));
    erase->require_subcommand(1);
    erase->footer(parser.say(
        "確かめる:    maru erase person E033 --dry-run   （消えるもの・残るものと期限・控え）\n"
        "消去する:    maru erase person E033 --basis '本人の請求（個人情報保護法35条）'\n"
        "期限の後:    maru erase list                    （保存期限が来て消せるもの）\n"
        "その後も:    maru ledger verify                 （署名も証明も有効なまま）",
        "Look first:  maru erase person E033 --dry-run   (what goes, what stays until when, copies)\n"
        "Erase:       maru erase person E033 --basis 'request of the person (APPI art. 35)'\n"
        "Later:       maru erase list                    (what may go now that its time is over)\n"
        "Check:       maru ledger verify                 (signatures and proofs hold as before)"));
    auto [person, values] = parser.add<EraseCommand>(
        *erase, "person",
        parser.say("ある人の個人データを、すべての版・添付・鍵から消す。元に戻せません",
                   "Erase a person's data from every version, attachment and key. It cannot be undone"));
    values.action = EraseCommand::Action::person;
    person
        ->add_option("PERSON", values.person,
                     parser.say("従業者番号（例 E033）または #番号", "Employee code (e.g. E033) or #id"))
        ->required();
    person->add_option(
        "--basis", values.basis,
        parser.say("根拠（変更記録簿に残る。氏名は書かない）。例: 本人の請求（個人情報保護法35条）",
                   "Why; it stays in the ledger, so no names: request of the person (APPI art. 35)"));
    person->add_option("--requested", values.requested,
                       parser.say("請求された日（既定は今日）", "Day of the request (default: today)"));
    person->add_flag("--dry-run", values.dry_run,
                     parser.say("消えるもの・残るもの・手で対応する控えを示すだけ",
                                "Only show what would go and stay, and the copies to handle by hand"));
    person->add_flag("--yes", values.yes, parser.say("確認を求めない", "Do not ask for confirmation"));
    person->add_option("--by", values.by,
                       parser.say("実施者（従業者番号）", "Who does this (employee code)"));

    auto [list, list_values] = parser.add<EraseCommand>(
        *erase, "list",
        parser.say("行った消去と、保存期限が来て消せるもの",
                   "Erasures so far, and what may be erased now that its time is over"));
    list_values.action = EraseCommand::Action::list;
    (void)list;

    auto [resume, resume_values] = parser.add<EraseCommand>(
        *erase, "resume",
        parser.say("中断した消去を終え、バックアップから戻った人をもう一度消す（書き込むたびに自動でも行う）",
                   "Finish interrupted erasures and repeat those that a restored backup does not know (every "
                   "writing command does it, too)"));
    resume_values.action = EraseCommand::Action::resume;
    (void)resume;
}

}  // namespace maru::cli
