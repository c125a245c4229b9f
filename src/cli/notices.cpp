#include <fmt/core.h>

#include <cstdlib>
#include <iostream>
#include <ostream>

#include "cli/session.hpp"
#include "cli/tables.hpp"
#include "crypto/hash.hpp"
#include "notices/courier.hpp"
#include "notices/day.hpp"
#include "notices/feed.hpp"
#include "notices/postman.hpp"
#include "notices/webhooks.hpp"

namespace maru::cli {

namespace {

using notices::Message;
using notices::State;
using Encryption = transport::MailServer::Encryption;

Encryption encryption_of(const std::string& word) {
    if (word == "none") return Encryption::none;
    return word == "offered" ? Encryption::if_offered : Encryption::required;
}

Result<std::optional<notices::MailSettings>> mail_of(const NoticesCommand& command) {
    if (command.mail_server.empty()) return std::nullopt;
    notices::MailSettings mail;
    mail.server.url = command.mail_server;
    mail.server.encryption = encryption_of(command.mail_encryption);
    mail.server.certificates = command.mail_ca;
    mail.server.user = command.mail_user;
    const char* password = std::getenv("MARU_MAIL_PASSWORD");  // NOLINT(concurrency-mt-unsafe): one thread
    mail.server.password = password ? password : "";
    mail.from = {"maru", command.mail_from};
    if (command.mail_from.empty())
        return fail(ErrorKind::invalid, {"--mail-from に差出人のアドレスを書いてください。",
                                         "--mail-from: write the sender's mail address."});
    TRY(transport::check_server(mail.server));
    TRY(transport::check_address(mail.from.address));
    return mail;
}

Result<notices::Settings> settings_of(const Session& session, const NoticesCommand& command) {
    notices::Settings settings;
    settings.mail = TRY(mail_of(command));
    settings.webhooks = command.inside ? transport::Reach::anywhere : transport::Reach::public_only;
    settings.language = session.common.language;
    settings.base_url = command.base_url;
    while (settings.base_url.ends_with('/')) settings.base_url.pop_back();
    if (settings.base_url.empty()) {
        const auto folder = std::filesystem::weakly_canonical(TRY(session.organisation_folder()));
        settings.base_url = "http://127.0.0.1:8080/o/" + folder.filename().string();
    }
    return settings;
}

Result<notices::Outbox> outbox_of(const Session& session) {
    const auto folder = TRY(session.organisation_folder());
    TRY(open_plain(session, {}));  // is it an organisation?
    return notices::Outbox::open(folder, session.environment.random);
}

std::string state_text(const Session& session, const Message& message) {
    switch (message.state) {
        case State::waiting:
            return message.tries == 0 ? session.say("送信待ち", "waits")
                                      : fmt::format(fmt::runtime(session.say("次は {}", "next try {}")),
                                                    format_instant(message.next_try));
        case State::sent:
            return fmt::format(fmt::runtime(session.say("送信済み {}", "sent {}")),
                               format_instant(message.finished_at.value_or(message.created_at)));
        case State::given_up: return session.say("あきらめた", "given up");
    }
    return {};
}

std::string why_text(const Session& session, const Message& message) {
    return message.error ? message.error->in(session.common.language) : std::string();
}

Result<int> list(const Session& session, const NoticesCommand& command) {
    auto outbox = TRY(outbox_of(session));
    Rows rows{{session.say("作成", "Made"), session.say("宛先", "To"), session.say("理由", "Reason"),
               session.say("回数", "Tries"), session.say("状態", "State"),
               session.say("最後の誤り", "Last error")}};
    for (const Message& message : TRY(outbox.messages())) {
        if (message.state == State::sent && !command.all) continue;
        rows.push_back({format_instant(message.created_at), message.draft.recipient, message.draft.key,
                        std::to_string(message.tries), state_text(session, message),
                        why_text(session, message)});
    }
    if (rows.size() == 1)
        session.out << session.say(
            "送信待ちはありません。その日の分は maru notices day で作ります。\n",
            "Nothing waits. What has to be told today is queued by: maru notices day\n");
    else
        session.out << aligned(rows, session.width);
    return 0;
}

Result<int> send(const Session& session, const NoticesCommand& command) {
    auto outbox = TRY(outbox_of(session));
    const auto schema = TRY(session.schema());
    const notices::Courier courier(outbox.folder(), schema, TRY(settings_of(session, command)));
    const auto done = TRY(notices::work_off(outbox, courier, session.environment.clock));
    TRY(outbox.tidy(session.environment.clock()));
    const auto due = TRY(outbox.due(session.environment.clock())).size();
    session.out << fmt::format(
        fmt::runtime(session.say("送信 {} 件、後でもう一度 {} 件、あきらめた {} 件\n",
                                 "{} sent, {} to be tried again later, {} given up\n")),
        done.sent, done.postponed + static_cast<std::int64_t>(due), done.given_up);
    const bool all = done.postponed + done.given_up == 0 && due == 0;
    if (!all) session.out << session.say("理由: ", "Why: ") << session.typed({"notices", "list"}) << "\n";
    return all ? 0 : 1;
}

void print_day(const Session& session, const notices::DayOutcome& done) {
    session.out << fmt::format(
        fmt::runtime(
            session.say("{}: ○ {}／{}。対応が必要 {} 件、7日以内 {} 件。変わった判定 {} "
                        "件、判断を求める公表回答 {} 件。\n",
                        "{}: {} of {} are ○. {} things to do now, {} within 7 days. {} marks changed, {} "
                        "published answers need a decision.\n")),
        done.day.iso(), done.full, done.items, done.open, done.soon, done.flipped, done.decisions);
    session.out << fmt::format(
        fmt::runtime(
            session.say("送信待ちに入れたもの: メール {} 通（対応事項 {}、上長へ {}）、通知先 {} 件\n",
                        "Queued: {} mails ({} digests, {} to managers), {} webhook calls\n")),
        done.mails, done.digest_mails, done.escalation_mails, done.webhook_calls);
    if (done.digests == notices::DayOutcome::Digests::on_holiday)
        session.out << session.say("休業日なので、対応事項のメールは送りません。\n",
                                   "A holiday: nobody gets a digest.\n");
    if (done.digests == notices::DayOutcome::Digests::without_mail)
        session.out << session.say("メールサーバーの指定がないので、メールは作りません（--mail-server）。\n",
                                   "Without a mail server no mails are made (--mail-server).\n");
    if (done.unaddressed > 0)
        session.out << fmt::format(
            fmt::runtime(session.say(
                "知らせる相手がいないこと {} 件: 従業者台帳のメールアドレスと任命台帳を確かめてください。\n",
                "For {} things nobody can be reached: look at the persons' mail addresses and "
                "the appointments.\n")),
            done.unaddressed);
}

Result<int> run_daily_job(const Session& session, const NoticesCommand& command) {
    TRY(outbox_of(session));
    const auto schema = TRY(session.schema());
    const auto library = TRY(session.library(schema));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, library));
    const auto templates = TRY(notices::Templates::load(session.catalog()));
    const auto settings = TRY(settings_of(session, command));
    const auto done = TRY(notices::run_day({TRY(session.organisation_folder()), schema, library, sheet,
                                            templates, settings, session.environment.random},
                                           session.environment.clock()));
    if (done.was == notices::DayOutcome::Was::done_before)
        session.out << done.day.iso()
                    << session.say(": 今日の分は済んでいます。\n", ": today's work was done before.\n");
    else
        print_day(session, done);
    return 0;
}

Result<int> queue_again(const Session& session) {
    auto outbox = TRY(outbox_of(session));
    session.out << fmt::format(
        fmt::runtime(session.say("{} 件をもう一度送信待ちにしました。\n", "{} wait again.\n")),
        TRY(outbox.revive(session.environment.clock())));
    return 0;
}

Result<int> secret(const Session& session, const NoticesCommand& command) {
    const Plain plain = TRY(open_plain(session, {}));
    const auto id = TRY(find_record(*plain.reader, plain.schema, "webhook", command.target));
    auto secrets = TRY(notices::WebhookSecrets::open(TRY(session.organisation_folder())));
    for (const notices::Webhook& hook : TRY(notices::webhooks(*plain.reader))) {
        if (hook.id != id) continue;
        if (hook.kind == notices::Webhook::Kind::program) {
            session.out << TRY(secrets.make(id, session.environment.random)) << "\n";
            return 0;
        }
        std::string line;
        std::getline(std::cin, line);
        TRY(secrets.set(hook, std::string(trim(line))));
        session.out << session.say("保存しました。\n", "Kept.\n");
    }
    return 0;
}

Result<int> feed(const Session& session, const NoticesCommand& command) {
    const Plain plain = TRY(open_plain(session, {}));
    const auto person = TRY(find_record(*plain.reader, plain.schema, "person", command.target));
    auto feeds = TRY(notices::Feeds::open(TRY(session.organisation_folder())));
    if (command.revoke) {
        TRY(feeds.revoke(person));
        session.out << session.say("カレンダーのURLを止めました。\n", "The address of the calendar ended.\n");
        return 0;
    }
    const auto base = TRY(settings_of(session, command)).base_url;
    const auto token = TRY(feeds.make(person, session.environment.clock(), session.environment.random));
    session.out << base << "/feeds/" << token << "\n";
    return 0;
}

Result<int> calendar(const Session& session, const NoticesCommand& command) {
    Reading reading = TRY(read_state(session, {}));
    auto feeds = TRY(notices::Feeds::open(TRY(session.organisation_folder())));
    const auto person = TRY(feeds.find(command.target));
    if (!person)
        return fail(ErrorKind::not_found, {"そのカレンダーはありません。maru notices feed で作ってください。",
                                           "there is no such calendar; make one with maru notices feed"});
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, *reading.library));
    session.out << TRY(notices::calendar_of(*reading.reader, *reading.evaluation, sheet, *person,
                                            session.common.language, session.environment.clock()));
    return 0;
}

Result<int> try_mail(const Session& session, const NoticesCommand& command) {
    const auto mail = TRY(mail_of(command));
    if (!mail)
        return fail(ErrorKind::invalid,
                    {"--mail-server にメールサーバーを書いてください。例: smtp://mail.example.jp:587",
                     "--mail-server: write the mail server, e.g. smtp://mail.example.jp:587"});
    std::array<std::uint8_t, 16> id{};
    session.environment.random(id);
    transport::Message message;
    message.from = mail->from;
    message.to = {"", command.target};
    message.subject = session.say("maru からの試しのメール", "A mail from maru, to try");
    message.text = session.say("このメールが届けば、maru はメールを送れます。\n",
                               "If this arrived, maru can send mail.\n");
    message.language = session.common.language;
    message.date = session.environment.clock();
    message.id = hex(id) + mail->from.address.substr(mail->from.address.find('@'));
    TRY(transport::send_mail(mail->server,
                             {mail->from.address, command.target, TRY(transport::mime(message))}));
    session.out << mail->server.url << session.say(" が受け取りました。\n", " has taken it.\n");
    return 0;
}

}  // namespace

Result<int> run(const Session& session, const NoticesCommand& command) {
    switch (command.action) {
        case NoticesCommand::Action::list: return list(session, command);
        case NoticesCommand::Action::send: return send(session, command);
        case NoticesCommand::Action::day: return run_daily_job(session, command);
        case NoticesCommand::Action::again: return queue_again(session);
        case NoticesCommand::Action::secret: return secret(session, command);
        case NoticesCommand::Action::feed: return feed(session, command);
        case NoticesCommand::Action::calendar: return calendar(session, command);
        case NoticesCommand::Action::test: return try_mail(session, command);
    }
    return 0;
}

}  // namespace maru::cli
