// What is published, and exceptions.
#include "arguments/parser.hpp"

namespace maru::cli {

namespace {

void add_claims(Parser& parser) {
    CLI::App* claims =
        parser.app().add_subcommand("claims", parser.say("公表回答", "What the organisation publishes"));
    claims->require_subcommand(1);
    auto [import_claims, claims_values] = parser.add<ClaimsImport>(
        *claims, "import",
        parser.say("公表しているシートを取り込む", "Import a published sheet (matched by question text)"));
    import_claims
        ->add_option("FILE", claims_values.file,
                     parser.say("TSV・CSV・xlsx（- は標準入力）", "TSV, CSV or xlsx (- is standard input)"))
        ->required();
    parser.add_table_format(import_claims, claims_values.format);
    parser.add_sheet_name(import_claims, claims_values.sheet);
    auto [lint_claims, claims_lint_values] = parser.add<ClaimsLint>(
        *claims, "lint",
        parser.say("備考と設問を突き合わせる（裏付けのない文、答えていない部分、使い回し）",
                   "Compare remarks with questions: sentences that no check makes true, parts nobody "
                   "answers, texts used twice"));
    parser.add_sheet_name(lint_claims, claims_lint_values.sheet);
    parser.add_when(lint_claims, claims_lint_values.when);
}

void add_exceptions(Parser& parser) {
    CLI::App* exception = parser.app().add_subcommand(
        "exception", parser.say("例外承認（最長1年）", "Exceptions: approved, with an end (at most a year)"));
    exception->require_subcommand(1);
    auto [ask, ask_values] =
        parser.add<ExceptionCommand>(*exception, "ask", parser.say("例外を申請", "Ask for an exception"));
    ask_values.action = ExceptionCommand::Action::ask;
    ask->add_option("CHECK", ask_values.check, parser.say("点検名", "Check"))->required();
    ask->add_option("SUBJECT", ask_values.subject,
                    parser.say("対象（maru check で示される番号、または自然キー）",
                               "Row: the id that maru check shows, or its natural key"))
        ->required();
    ask->add_option("--reason", ask_values.reason, parser.say("理由", "Why"))->required();
    ask->add_option("--measure", ask_values.measure, parser.say("代替策", "Compensating measure"))
        ->required();
    ask->add_option("--until", ask_values.until, parser.say("終了日", "Last day"))->required();
    ask->add_option("--asked-by", ask_values.asked_by,
                    parser.say("申請者（従業者番号）", "Who asks (employee code)"))
        ->required();
    ask->add_option("--owner", ask_values.owner,
                    parser.say("対象の責任者（既定は申請者）", "Owner of the row (default: the asker)"));
    auto [approve, approve_values] =
        parser.add<ExceptionCommand>(*exception, "approve", parser.say("例外を承認", "Approve an exception"));
    approve_values.action = ExceptionCommand::Action::approve;
    approve->add_option("CODE", approve_values.code, parser.say("番号", "Code"))->required();
    approve
        ->add_option("--by", approve_values.by,
                     parser.say("承認者（申請者・責任者以外）", "Who approves (neither asker nor owner)"))
        ->required();
    parser.add<ExceptionCommand>(*exception, "list", parser.say("例外の一覧", "List exceptions"));
}

}  // namespace

void declare_claims(Parser& parser) {
    add_claims(parser);
    add_exceptions(parser);
}

}  // namespace maru::cli
