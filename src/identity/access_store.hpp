// Everything about signing in that is secret or transient: access.db beside maru.db, for its owner only.
// Passwords, second factors, sessions, API tokens, one-time links, failures, idempotency keys, the access
// record. Who the users are and what they may stands in registers (identity/directory.hpp). Thread safe.
//
// `quick` methods look into memory (a few microseconds); all others wait for the disk or compute on purpose
// (passwords: some 50 ms) and belong on the slow pool.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/day.hpp"
#include "identity/access_record.hpp"
#include "identity/directory.hpp"
#include "identity/password_policy.hpp"
#include "identity/principal.hpp"
#include "identity/totp.hpp"
#include "registers/organisation.hpp"

namespace maru::identity {

struct AccessOptions {
    Clock clock = system_now;
    Random random;                               // empty: the operating system's generator
    std::chrono::minutes offset = japan_offset;  // whose days first and last days of users are
    std::chrono::milliseconds session_idle{12 * 3'600'000};
    std::chrono::milliseconds session_life{30LL * 86'400'000};
    std::chrono::milliseconds session_rotation{86'400'000};
    std::chrono::milliseconds rotation_overlap{60'000};  // the old cookie, once the new one was used
    int password_megabytes = 32;                         // Argon2id
    int password_passes = 3;
};

// Where a request comes from, for lists and delays.
struct Origin {
    std::string address;  // http::Request::peer
    std::string device;   // what the browser or program calls itself; cut to 200 characters
};

// Why a session or token is not good (any more).
enum class Refusal {
    none,
    unknown,     // never was, or forgotten since
    ended,       // its end has come
    idle,        // not used for too long
    revoked,     // by its owner or somebody who manages users
    stolen,      // a cookie was used that had been replaced: the whole session is ended
    user_ended,  // the user is disabled, not yet or no longer one
};
Text sentence_of(Refusal why);  // what it means and what to do

struct Presented {
    std::shared_ptr<const Principal> who;  // null: refused
    Refusal why = Refusal::none;
    std::string new_token;  // not "": set this as the cookie
    explicit operator bool() const { return who != nullptr; }
};

struct SignIn {
    enum class Outcome {
        done,         // `token` is the session's
        code_needed,  // `token` is for second_step, for five minutes
        refused,      // wrong mail, password or code: never says which
        wait,         // too many failures: not even tried, again in `wait`
    } outcome = Outcome::refused;
    std::string token;
    std::chrono::seconds wait{};
    std::int64_t user = 0;         // of done and code_needed
    int recovery_codes_left = -1;  // after one was used
};

struct SessionLine {
    std::int64_t id = 0;
    Origin origin;  // of its last use; device of signing in
    Instant began{}, last_used{}, ends{};
    bool second_factor = false;
};

struct TokenLine {
    std::int64_t id = 0;
    std::int64_t user = 0;
    std::string name;
    TokenScope scope = TokenScope::read;
    Instant made{}, ends{};
    std::optional<Instant> last_used;
    std::string last_address;
};

enum class LinkKind {
    setup,       // the first user, who has no account yet
    invitation,  // a new user's first password
    reset,       // of a forgotten password
    sign_in,     // straight into a session: for the host's command line
};

struct NewLink {
    LinkKind kind = LinkKind::invitation;
    std::int64_t user = 0;    // none for setup
    std::int64_t person = 0;  // setup: whose account it becomes; 0 = whoever redeems it says
    std::int64_t by = 0;      // user who made it; 0 = the host's command line
    std::chrono::seconds life{72 * 3600};
};

struct Link {
    NewLink made;
    Instant ends{};
};

// Whose asking for new passwords is counted: the mail address, whoever asks, or the address that asks.
enum class ResetCounter { mail, asker };

struct SecondFactor {
    bool enrolled = false;
    int recovery_codes_left = 0;
};

struct TotpOffer {
    std::string secret;  // base32, for typing
    std::string uri;
    QrCode qr;
};

struct StoredAnswer {
    int status = 0;
    std::string content_type;
    std::string body;
};

// What an Idempotency-Key means (draft-ietf-httpapi-idempotency-key-header).
struct Idempotency {
    enum class State {
        fresh,        // do it, then finish_idempotent or abandon_idempotent
        answered,     // give `answer` again
        other,        // the key was used for another request: 422
        in_progress,  // 409; also after a crash, when nobody knows whether it was done
    } state = State::fresh;
    StoredAnswer answer;
};

class AccessStore {
public:
    // Makes access.db (0600) when it is missing. Batches of the access record that a crash left unsealed are
    // sealed by the next tick. corrupt, unavailable: as store::Database::open.
    static Result<std::unique_ptr<AccessStore>> open(const std::filesystem::path& organisation_folder,
                                                     AccessOptions options);
    ~AccessStore();  // writes what is held in memory

    // quick. Whose sessions and tokens are good from now on: call after opening and after each change that
    // Directory::concerns.
    void use(std::shared_ptr<const Directory> directory);
    std::shared_ptr<const Directory> directory() const;

    // quick. Who presents this; notes the use. A session's cookie is replaced every 24 h (new_token).
    Presented check_session(std::string_view token, std::string_view address);
    Presented check_token(std::string_view token, std::string_view address);

    // The same work and answer whether the mail is unknown, has no password, or the password is wrong.
    Result<SignIn> sign_in(std::string_view mail, std::string_view password, const Origin& from);
    // A TOTP code or a recovery code.
    Result<SignIn> second_step(std::string_view token, std::string_view code, const Origin& from);

    bool has_password(std::int64_t user) const;  // quick; else nobody can sign in as this user yet
    // Ends the user's other sessions. forbidden: the current one is wrong; invalid: the policy's advice.
    Result<void> change_password(const Principal& who, std::string_view current, std::string_view wanted);

    Result<std::vector<SessionLine>> sessions_of(std::int64_t user) const;  // the last used first
    Result<void> end_session(std::int64_t user, std::int64_t session);      // not_found: also others'
    Result<int> end_sessions(std::int64_t user, std::int64_t except = 0);   // how many
    // Sessions, tokens and links of a user who is disabled; the password and second factor stay.
    Result<void> end_user(std::int64_t user);
    // Everything about the user and what was kept of the person's whereabouts (docs/formats/identity.md).
    Result<void> forget_user(std::int64_t user);

    // "maru_…", shown once. invalid: no name, longer than 100 characters, end in the past or beyond a year.
    struct NewToken {
        std::int64_t id = 0;
        std::string token;
    };
    Result<NewToken> make_token(std::int64_t user, std::string_view name, TokenScope scope, Instant ends);
    Result<std::vector<TokenLine>> tokens_of(std::int64_t user) const;  // 0: of all users
    Result<void> end_token(std::int64_t token, std::int64_t user);      // user 0: anybody's

    Result<SecondFactor> second_factor_of(std::int64_t user) const;
    // A new secret that counts once confirm_totp has seen a code of it.
    Result<TotpOffer> offer_totp(const Principal& who, std::string_view issuer);
    // Ten recovery codes, shown once. forbidden: wrong code; not_found: nothing was offered.
    Result<std::vector<std::string>> confirm_totp(const Principal& who, std::string_view code);
    Result<std::vector<std::string>> new_recovery_codes(const Principal& who, std::string_view code);
    Result<void> remove_totp(const Principal& who, std::string_view code);  // by its owner
    Result<void> reset_totp(std::int64_t user);                             // by who manages users

    // Makes a one-time link's secret (shown once); earlier links of the same kind and user end.
    Result<std::string> make_link(const NewLink& link);
    // not_found: unknown, used or at its end.
    Result<Link> look_at_link(std::string_view secret) const;
    // Sets the password, ends all sessions, and signs in (or asks for the code, when there is a second
    // factor). For setup links `make_user` is called once everything else is in order; it gives the new
    // user's id, and when it fails the link stays good. Afterwards use() the new directory before anybody
    // presents the token.
    Result<SignIn> redeem_link(std::string_view secret, std::string_view password, const Origin& from,
                               const std::function<Result<std::int64_t>(const Link&)>& make_user = {});
    // Counts that somebody has forgotten a password. 0: go ahead; else how long to wait, and it is not
    // counted.
    Result<std::chrono::seconds> count_reset(ResetCounter whose, std::string_view name);
    // Of kind sign_in.
    Result<SignIn> redeem_sign_in_link(std::string_view secret, const Origin& from);

    Result<Idempotency> begin_idempotent(std::int64_t user, std::string_view key, const Hash& request);
    Result<void> finish_idempotent(std::int64_t user, std::string_view key, const StoredAnswer& answer);
    Result<void> abandon_idempotent(std::int64_t user, std::string_view key);  // nothing was done
    // Empties what was answered so far: repeated requests are still known, and get their status alone.
    Result<void> forget_answers();

    // quick. Written within a second or so, by tick.
    void note_access(AccessLine line);
    struct AccessPage {
        std::int64_t from = 0;  // lines with smaller numbers only; 0 = from the newest
        int limit = 100;
        std::string who;            // "" = everybody
        std::string register_name;  // "" = every register
        std::int64_t record = 0;    // 0 = every record
    };
    struct StoredAccess {
        std::int64_t number = 0;
        AccessLine line;
        std::optional<std::int64_t> entry;  // that seals it
    };
    // The newest first.
    Result<std::vector<StoredAccess>> accesses(const AccessPage& page) const;
    // Writes what is held and seals it, whatever its age.
    Result<void> seal_accesses(registers::Organisation& organisation);
    Result<AccessVerification> verify_accesses(store::Database& ledger_reader) const;

    // Every second or so, on the slow pool: writes lines of the access record and times of last use, seals
    // batches of 1,000 lines or 60 s, forgets users who were erased or retired since, and about every hour
    // what is past its end.
    Result<void> tick(registers::Organisation& organisation);

private:
    struct Impl;
    explicit AccessStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// What judge_password must know of a user.
std::vector<std::string> own_words(const User& user);

}  // namespace maru::identity
