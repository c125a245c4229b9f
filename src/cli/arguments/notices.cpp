// What goes out: mails, webhooks, calendars.
#include "arguments/parser.hpp"

namespace maru::cli {

namespace {

void add_mail(const Parser& parser, CLI::App* command, NoticesCommand& values) {
    command->add_option(
        "--mail-server", values.mail_server,
        parser.say("メールサーバー smtp://host:587 または smtps://host:465（ないとメールは送らない）",
                   "Mail server, smtp://host:587 or smtps://host:465 (without it no mail goes out)"));
    command->add_option("--mail-from", values.mail_from,
                        parser.say("差出人のメールアドレス", "Mail address of the sender"));
    command->add_option("--mail-user", values.mail_user,
                        parser.say("利用者名（パスワードは環境変数 MARU_MAIL_PASSWORD）",
                                   "User name (the password comes from MARU_MAIL_PASSWORD)"));
    command
        ->add_option(
            "--mail-encryption", values.mail_encryption,
            parser.say("smtp:// の暗号化: required, offered, none", "Of smtp://: required, offered, none"))
        ->check(CLI::IsMember({"required", "offered", "none"}))
        ->capture_default_str();
    command->add_option("--mail-ca", values.mail_ca,
                        parser.say("信頼する証明書（PEM。既定はシステムのもの）",
                                   "Certificates to believe (PEM; default: the system's)"));
}

void add_base_url(const Parser& parser, CLI::App* command, NoticesCommand& values) {
    command->add_option("--base-url", values.base_url,
                        parser.say("文中のリンクの先（既定 http://127.0.0.1:8080/o/フォルダ名）",
                                   "Where links lead to (default: http://127.0.0.1:8080/o/FOLDER)"));
}

NoticesCommand& add(Parser& parser, CLI::App& notices, const char* name, const char* help,
                    NoticesCommand::Action action) {
    auto [command, values] = parser.add<NoticesCommand>(notices, name, help);
    values.action = action;
    return values;
}

void add_sending(Parser& parser, CLI::App& notices) {
    NoticesCommand& day =
        add(parser, notices, "day",
            parser.say("1日の仕事: 判定し、知らせることを送信待ちに入れる（1日1回だけ効く）",
                       "The daily job: judge, and queue what has to be told (once a day)"),
            NoticesCommand::Action::day);
    CLI::App* day_app = notices.get_subcommand("day");
    parser.add_sheet_name(day_app, day.sheet);
    add_mail(parser, day_app, day);
    add_base_url(parser, day_app, day);
    NoticesCommand& send = add(parser, notices, "send",
                               parser.say("送信待ちを今すぐ送る（終了コード 0 はすべて送れたとき）",
                                          "Send what waits (exit code 0 only if everything went out)"),
                               NoticesCommand::Action::send);
    CLI::App* send_app = notices.get_subcommand("send");
    add_mail(parser, send_app, send);
    send_app->add_flag("--inside", send.inside,
                       parser.say("社内など公開されていないアドレスと http:// の通知先も許す",
                                  "Allow webhooks at inner addresses and by http://"));
    NoticesCommand& test =
        add(parser, notices, "test", parser.say("試しのメールを1通送る", "Send one mail to try"),
            NoticesCommand::Action::test);
    CLI::App* test_app = notices.get_subcommand("test");
    test_app->add_option("ADDRESS", test.target, parser.say("宛先", "Whom to"))->required();
    add_mail(parser, test_app, test);
    add(parser, notices, "again",
        parser.say("あきらめたものをもう一度送信待ちにする", "Queue again what was given up"),
        NoticesCommand::Action::again);
}

void add_secrets(Parser& parser, CLI::App& notices) {
    NoticesCommand& secret =
        add(parser, notices, "secret",
            parser.say(
                "通知先の秘密: "
                "プログラムには署名の鍵を作って一度だけ表示し、チャットではURLの秘密の部分を標準入力から読む",
                "Secret of a webhook: for a program makes a key and shows it once; for a chat reads the "
                "secret end of its URL from standard input"),
            NoticesCommand::Action::secret);
    notices.get_subcommand("secret")
        ->add_option("WEBHOOK", secret.target, parser.say("通知先の番号", "Code of the webhook"))
        ->required();
    NoticesCommand& feed =
        add(parser, notices, "feed",
            parser.say("ある人のカレンダーの秘密のURLを作る（前のURLは使えなくなる）",
                       "Make the secret address of a person's calendar (the old one ends)"),
            NoticesCommand::Action::feed);
    CLI::App* feed_app = notices.get_subcommand("feed");
    feed_app->add_option("PERSON", feed.target, parser.say("従業者番号", "Employee code"))->required();
    feed_app->add_flag("--revoke", feed.revoke,
                       parser.say("作らず、今のURLを止める", "End the address, make none"));
    add_base_url(parser, feed_app, feed);
    NoticesCommand& calendar = add(parser, notices, "calendar",
                                   parser.say("秘密のURLの先にあるカレンダー（iCalendar）",
                                              "The calendar (iCalendar) that such an address leads to"),
                                   NoticesCommand::Action::calendar);
    CLI::App* calendar_app = notices.get_subcommand("calendar");
    calendar_app
        ->add_option("TOKEN", calendar.target, parser.say("URLの末尾の64文字", "64 characters at its end"))
        ->required();
    parser.add_sheet_name(calendar_app, calendar.sheet);
}

}  // namespace

void declare_notices(Parser& parser) {
    CLI::App* notices = parser.app().add_subcommand(
        "notices", parser.say("お知らせ: メール・チャット・カレンダー", "Notices: mails, chats, calendars"));
    notices->require_subcommand(1);
    notices->footer(parser.say(
        "毎日:      maru notices day --mail-server smtp://… --mail-from … && maru notices send …\n"
        "見る:      maru notices list       （送信待ちと、送れない理由）\n"
        "通知先:    maru put webhook code=W1 name=… kind=program url=https://… events=verdict_flipped …\n"
        "           maru notices secret W1",
        "Daily:     maru notices day --mail-server smtp://… --mail-from … && maru notices send …\n"
        "Look:      maru notices list       (what waits, and why)\n"
        "Webhooks:  maru put webhook code=W1 name=… kind=program url=https://… events=verdict_flipped …\n"
        "           maru notices secret W1"));
    NoticesCommand& list =
        add(parser, *notices, "list",
            parser.say("送信待ちと、あきらめたもの、その理由", "What waits or was given up, and why"),
            NoticesCommand::Action::list);
    notices->get_subcommand("list")->add_flag(
        "--all", list.all, parser.say("送ったものも（90日分）", "Also what was sent (90 days)"));
    add_sending(parser, *notices);
    add_secrets(parser, *notices);
}

}  // namespace maru::cli
