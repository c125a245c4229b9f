#include "database/messages.hpp"

#include <array>

namespace maru::notices {

const std::string_view message_columns =
    "id, kind, key, person, webhook, recipient, recipient_name, language, subject, body, public_id, "
    "created_at, "
    "next_try, tries, state, finished_at, error_ja, error_en";

Instant instant_of(std::int64_t milliseconds) { return Instant(std::chrono::milliseconds(milliseconds)); }
std::int64_t number_of(Instant instant) { return instant.time_since_epoch().count(); }

namespace {

std::string new_id(const Random& random) {
    std::array<std::uint8_t, 16> bytes{};
    random(bytes);
    return hex(bytes);
}

State state_in(std::string_view code) {
    if (code == code_of(State::sent)) return State::sent;
    return code == code_of(State::given_up) ? State::given_up : State::waiting;
}

Draft draft_in(const store::Row& row) {
    Draft draft;
    draft.kind = row.text(1) == code_of(Kind::mail) ? Kind::mail : Kind::webhook;
    draft.key = row.text(2);
    draft.person = row.maybe_integer(3);
    draft.webhook = row.integer(4);
    draft.recipient = row.text(5);
    draft.recipient_name = row.text(6);
    draft.language = row.text(7) == "en" ? Language::en : Language::ja;
    draft.subject = row.text(8);
    draft.body = row.text(9);
    return draft;
}

}  // namespace

Result<bool> insert(store::Database& database, const Draft& draft, Instant now, const Random& random) {
    store::Statement* const add =
        TRY(database.cached("insert into message (kind, key, person, webhook, recipient, recipient_name, "
                            "language, subject, body, "
                            "public_id, created_at, next_try) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
                            "?10, ?11, ?11) on conflict "
                            "(key) do nothing"));
    add->bind(1, code_of(draft.kind)).bind(2, draft.key);
    draft.person ? add->bind(3, *draft.person) : add->bind(3, store::Null{});
    draft.webhook ? add->bind(4, draft.webhook) : add->bind(4, store::Null{});
    add->bind(5, draft.recipient).bind(6, draft.recipient_name);
    add->bind(7, std::string_view(draft.language == Language::en ? "en" : "ja"));
    add->bind(8, draft.subject).bind(9, draft.body).bind(10, new_id(random)).bind(11, number_of(now));
    TRY(add->run());
    return database.changes() > 0;
}

Message message_in(const store::Row& row) {
    Message message;
    message.id = row.integer(0);
    message.draft = draft_in(row);
    message.public_id = row.text(10);
    message.created_at = instant_of(row.integer(11));
    message.next_try = instant_of(row.integer(12));
    message.tries = row.integer(13);
    message.state = state_in(row.text(14));
    if (!row.is_null(15)) message.finished_at = instant_of(row.integer(15));
    if (!row.is_null(16)) message.error = Text{std::string(row.text(16)), std::string(row.text(17))};
    return message;
}

}  // namespace maru::notices
