#include "notices/webhooks.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "crypto/hash.hpp"
#include "database/open.hpp"

namespace maru::notices {

namespace {

namespace json = boost::json;

constexpr std::string_view prefix = "whsec_";
constexpr std::size_t new_key_bytes = 32, least_key_bytes = 24, most_key_bytes = 64;

std::unexpected<Error> bad_key() {
    return fail(
        ErrorKind::invalid,
        {"署名の鍵は whsec_ の後に24〜64バイトのbase64を続けたものです。maru notices secret で作れます。",
         "the key of signatures is whsec_ and base64 of 24 to 64 bytes; maru notices secret makes one"});
}

Result<Bytes> key_in(std::string_view secret) {
    if (!secret.starts_with(prefix)) return bad_key();
    const auto key = parse_base64(secret.substr(prefix.size()));
    if (!key || key->size() < least_key_bytes || key->size() > most_key_bytes) return bad_key();
    return *key;
}

// The end of a chat's URL: what may stand in a path.
Result<void> check_path(std::string_view secret) {
    const bool good = !secret.empty() && secret.size() <= 500 && std::ranges::all_of(secret, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-._~/=?&%").find(c) != std::string_view::npos;
    });
    if (good) return {};
    return fail(ErrorKind::invalid,
                {"チャットのURLの秘密の部分に使えない文字があります。",
                 "the secret part of the chat's URL has characters that no URL can have"});
}

// "verdict_flipped" → "verdict.flipped": the first word names what it is about.
std::string type_of(std::string code) {
    if (const std::size_t at = code.find('_'); at != code.npos) code[at] = '.';
    return code;
}

json::value value_in(const Event::Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    return json::string(std::get<std::string>(value));
}

std::string program_body(const Event& event) {
    json::object data;
    for (const auto& [name, value] : event.data) data[name] = value_in(value);
    return json::serialize(
        json::object{{"type", type_of(event.code)}, {"timestamp", format_instant(event.at)}, {"data", data}});
}

// Slack's own three escapes.
std::string chat_body(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return json::serialize(json::object{{"text", out}});
}

std::string body_for(const Event& event, const Webhook& hook) {
    if (hook.kind == Webhook::Kind::program) return event.data.empty() ? "" : program_body(event);
    const std::string& text = event.chat.in(hook.language);
    return text.empty() ? "" : chat_body(text);
}

Webhook webhook_in(const store::Row& row) {
    Webhook hook;
    hook.id = row.integer(0);
    hook.code = row.text(1);
    hook.url = row.text(2);
    hook.kind = row.text(3) == "chat" ? Webhook::Kind::chat : Webhook::Kind::program;
    hook.language = row.text(4) == "en" ? Language::en : Language::ja;
    hook.active = row.integer(5) == 1;
    return hook;
}

}  // namespace

Result<std::vector<Webhook>> webhooks(store::Database& reader) {
    std::vector<Webhook> out;
    auto query =
        TRY(reader.prepare("select id, code, url, kind, language, active from webhook order by code"));
    while (const auto row = TRY(query.step())) out.push_back(webhook_in(*row));
    auto events = TRY(reader.prepare("select value from webhook_events where record = ?1"));
    for (Webhook& hook : out) {
        events.bind(1, hook.id);
        while (const auto row = TRY(events.step())) hook.events.emplace(row->text(0));
    }
    return out;
}

Result<WebhookSecrets> WebhookSecrets::open(const std::filesystem::path& folder) {
    return WebhookSecrets(TRY(open_database(folder)));
}

Result<std::string> WebhookSecrets::make(std::int64_t webhook, const Random& random) {
    std::array<std::uint8_t, new_key_bytes> key{};
    random(key);
    const std::string secret = std::string(prefix) + base64(key);
    TRY(set({.id = webhook, .code = {}, .url = {}}, secret));
    return secret;
}

Result<void> WebhookSecrets::set(const Webhook& webhook, const std::string& secret) {
    if (webhook.kind == Webhook::Kind::program)
        TRY(key_in(secret));
    else
        TRY(check_path(secret));
    auto put =
        TRY(database_.prepare("insert into webhook_secret (webhook, secret) values (?1, ?2) on conflict "
                              "(webhook) do update set secret = excluded.secret"));
    put.bind(1, webhook.id).bind(2, secret);
    return put.run();
}

Result<std::optional<std::string>> WebhookSecrets::of(std::int64_t webhook) {
    auto query = TRY(database_.prepare("select secret from webhook_secret where webhook = ?1"));
    query.bind(1, webhook);
    const auto row = TRY(query.step());
    return row ? row->maybe_text(0) : std::nullopt;
}

Result<std::string> signature(std::string_view secret, std::string_view id, std::int64_t seconds,
                              std::string_view body) {
    const Bytes key = TRY(key_in(secret));
    const std::string signed_text = fmt::format("{}.{}.{}", id, seconds, body);
    return "v1," + base64(crypto::hmac_sha256(key, as_bytes(signed_text)));
}

std::vector<Draft> drafts_of(const Event& event, const std::vector<Webhook>& all) {
    std::vector<Draft> out;
    for (const Webhook& hook : all) {
        if (!hook.active || !hook.events.contains(event.code)) continue;
        std::string body = body_for(event, hook);
        if (body.empty()) continue;
        Draft draft;
        draft.key = fmt::format("webhook:{}:{}", hook.id, event.key);
        draft.kind = Kind::webhook;
        draft.webhook = hook.id;
        draft.recipient = hook.code;
        draft.language = hook.language;
        draft.subject = type_of(event.code);
        draft.body = std::move(body);
        out.push_back(std::move(draft));
    }
    return out;
}

}  // namespace maru::notices
