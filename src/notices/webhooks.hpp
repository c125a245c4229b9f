// Chats and programs that are told what happens (register webhook): Slack-compatible JSON, and Standard
// Webhooks 1.0 (standardwebhooks.com) signed with HMAC-SHA256.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/bytes.hpp"
#include "notices/outbox.hpp"
#include "store/database.hpp"

namespace maru::notices {

struct Webhook {
    enum class Kind { chat, program };
    std::int64_t id = 0;
    std::string code, url;
    Kind kind = Kind::program;
    std::set<std::string> events;  // codes of the register
    Language language = Language::ja;
    bool active = false;
};
Result<std::vector<Webhook>> webhooks(store::Database& reader);

// Secrets of webhooks, in outbox.db and nowhere else. Not thread safe.
class WebhookSecrets {
public:
    static Result<WebhookSecrets> open(const std::filesystem::path& folder);
    // A new key of a program's signatures, "whsec_" and base64 of 32 bytes; replaces the old one.
    Result<std::string> make(std::int64_t webhook, const Random& random);
    // A given one: of a program "whsec_…" of 24 to 64 bytes; of a chat the end of its URL.
    Result<void> set(const Webhook& webhook, const std::string& secret);
    Result<std::optional<std::string>> of(std::int64_t webhook);

private:
    explicit WebhookSecrets(store::Database database) : database_(std::move(database)) {}
    store::Database database_;
};

// webhook-signature of one try: "v1," and base64 of HMAC-SHA256(secret, "id.seconds.body"). invalid when the
// secret is no "whsec_…".
Result<std::string> signature(std::string_view secret, std::string_view id, std::int64_t seconds,
                              std::string_view body);

// Something that happened, free of personal data.
struct Event {
    std::string code;  // of the register's choices; programs see "verdict.flipped" for "verdict_flipped"
    std::string key;   // the reason: told once to each webhook
    Instant at{};
    using Value = std::variant<std::string, std::int64_t>;
    std::vector<std::pair<std::string, Value>> data{};  // for programs; empty: not for them
    Text chat{};                                        // for chats; empty: not for them
};
// One draft for each active webhook that wants to know.
std::vector<Draft> drafts_of(const Event& event, const std::vector<Webhook>& all);

}  // namespace maru::notices
