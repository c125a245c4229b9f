#include "notices/courier.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "notices/webhooks.hpp"
#include "registers/organisation.hpp"

namespace maru::notices {

namespace {

using transport::HttpRequest;

constexpr int gone = 410;

std::unexpected<Error> no_mail_server() {
    return fail(ErrorKind::unavailable,
                {"メールサーバーが設定されていません。", "no mail server is configured"});
}

std::unexpected<Error> no_such_webhook(const std::string& code) {
    return fail(ErrorKind::not_found, {fmt::format("通知先「{}」はもうないか、無効です。", code),
                                       fmt::format("the webhook {} is gone or not active", code)});
}

std::unexpected<Error> no_secret(const std::string& code) {
    return fail(
        ErrorKind::unavailable,
        {fmt::format("通知先「{0}」の秘密の値がありません。maru notices secret {0} で渡してください。", code),
         fmt::format("the webhook {0} has no secret; hand it over with maru notices secret {0}", code)});
}

std::unexpected<Error> not_encrypted(const std::string& code) {
    return fail(ErrorKind::invalid,
                {fmt::format("通知先「{}」のURLは https:// ではありません。", code),
                 fmt::format("the URL of the webhook {} does not begin with https://", code)});
}

// A chat answers 4xx to what it will never take; a program may be mended meanwhile, unless it says "gone".
bool is_final(const Webhook& hook, int status) {
    return status == gone ||
           (hook.kind == Webhook::Kind::chat && (status == 400 || status == 403 || status == 404));
}

Result<void> judge(const Webhook& hook, int status) {
    if (status >= 200 && status < 300) return {};
    return fail(is_final(hook, status) ? ErrorKind::forbidden : ErrorKind::unavailable,
                {fmt::format("通知先「{}」は HTTP {} と答えました。", hook.code, status),
                 fmt::format("the webhook {} answered HTTP {}", hook.code, status)});
}

// What the transport says of an address names it, and with it the secret part of a chat's URL.
Error without_secret(Error error, const Webhook& hook, const std::string& url) {
    for (std::string* text : {&error.message.ja, &error.message.en})
        if (const std::size_t at = text->find(url); at != text->npos) text->replace(at, url.size(), hook.url);
    return error;
}

}  // namespace

Result<void> Courier::operator()(const Message& message, Instant now) const {
    switch (message.draft.kind) {
        case Kind::mail: return send_mail(message);
        case Kind::webhook: return call_webhook(message, now);
    }
    return {};
}

Result<void> Courier::send_mail(const Message& message) const {
    if (!settings_.mail) return no_mail_server();
    const auto& [server, from] = *settings_.mail;
    transport::Message mail;
    mail.from = from;
    mail.to = {message.draft.recipient_name, message.draft.recipient};
    mail.subject = message.draft.subject;
    mail.text = message.draft.body;
    mail.language = message.draft.language;
    mail.date = message.created_at;
    mail.id = message.public_id + from.address.substr(std::min(from.address.find('@'), from.address.size()));
    const std::string text = TRY(transport::mime(mail));
    return transport::send_mail(server, {from.address, message.draft.recipient, text});
}

Result<void> Courier::call_webhook(const Message& message, Instant now) const {
    auto reader = TRY(registers::Organisation::open_reader(folder_, *schema_));
    const auto all = TRY(webhooks(reader));
    const auto hook = std::ranges::find(all, message.draft.webhook, &Webhook::id);
    if (hook == all.end() || !hook->active) return no_such_webhook(message.draft.recipient);
    if (settings_.webhooks == transport::Reach::public_only && !hook->url.starts_with("https://"))
        return not_encrypted(hook->code);
    auto secrets = TRY(WebhookSecrets::open(folder_));
    const auto secret = TRY(secrets.of(hook->id));
    HttpRequest request;
    request.method = HttpRequest::Method::post;
    request.url = hook->url;
    request.content_type = "application/json";
    request.body = message.draft.body;
    request.reach = settings_.webhooks;
    if (hook->kind == Webhook::Kind::program) {
        if (!secret) return no_secret(hook->code);
        const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
        const std::string id = "msg_" + message.public_id;
        request.headers = {{"webhook-id", id},
                           {"webhook-timestamp", std::to_string(seconds)},
                           {"webhook-signature", TRY(signature(*secret, id, seconds, request.body))}};
    } else {
        request.url += secret.value_or("");
    }
    const auto answer = transport::send(request);
    if (!answer) return std::unexpected(without_secret(answer.error(), *hook, request.url));
    return judge(*hook, answer->status);
}

}  // namespace maru::notices
