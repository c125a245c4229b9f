// What the parts of the access store share: the database, what of it is held in memory, and its lock.
#pragma once

#include <future>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "crypto/password.hpp"
#include "identity/access_store.hpp"
#include "store/writer.hpp"

namespace maru::identity {

using std::chrono::milliseconds;

// Hashes of random tokens are as random as the tokens.
struct HashOfHash {
    std::size_t operator()(const Hash& hash) const;
};
template <class T>
using ByHash = std::unordered_map<Hash, T, HashOfHash>;

// Whose credential something is, as a principal; made anew when the directory changed.
struct Bearer {
    std::int64_t user = 0;
    std::shared_ptr<const Principal> principal;
    const Directory* made_from = nullptr;
};

struct LiveSession {
    Bearer bearer;
    SessionLine line;  // without `ends`
    Refusal why = Refusal::none;
    Instant token_made{};
    std::string next_token;  // handed out, not used yet
    bool changed = false;    // last use, not written yet
};

// One cookie value of a session.
struct SessionToken {
    std::int64_t session = 0;
    // Good until then after its successor was used; a later use means that somebody has copied it.
    std::optional<Instant> replaced;
};

struct LiveToken {
    Bearer bearer;
    TokenLine line;
    Refusal why = Refusal::none;
    bool changed = false;
};

// A password was right, the code is missing.
struct PendingSignIn {
    std::int64_t user = 0;
    std::string mail;  // normal form, for counting
    Instant ends{};
};

struct AccessStore::Impl {
    Impl(AccessOptions given, std::unique_ptr<store::Writer> opened, store::Database looking)
        : options(std::move(given)), writer(std::move(opened)), reader(std::move(looking)) {}

    AccessOptions options;
    Hash key{};  // seals what must be readable to us: secrets of second factors

    mutable std::mutex memory;  // guards what follows, up to `reading`
    std::shared_ptr<const Directory> directory = std::make_shared<Directory>();
    std::unordered_map<std::int64_t, LiveSession> sessions;
    ByHash<SessionToken> session_tokens;
    std::unordered_map<std::int64_t, LiveToken> tokens;
    ByHash<std::int64_t> token_ids;
    std::unordered_map<std::int64_t, std::string> passwords;  // by user
    ByHash<PendingSignIn> pending;
    std::vector<AccessLine> noted;

    std::mutex sealing;  // one at a time makes batches
    std::mutex redeeming;
    std::set<std::int64_t> fresh_batches;   // guarded by sealing: made by this process and not tried yet
    std::optional<Instant> last_forgotten;  // guarded by sealing
    std::shared_ptr<const Directory> looked_through;  // guarded by sealing: for users who are gone

    std::unique_ptr<store::Writer> writer;
    mutable std::mutex reading;  // guards reader
    mutable store::Database reader;

    Instant now() const { return options.clock(); }
    crypto::PasswordCost cost() const { return {options.password_megabytes, options.password_passes}; }
    Result<void> write(store::Command command) { return writer->run(std::move(command)); }
    std::string random_token() const;            // 256 bits, base64url
    std::string random_code(int letters) const;  // "k3f7-…": base32, in groups of four

    // memory must be held
    Result<void> load();
    Result<void> load_sessions();
    Result<void> load_tokens();
    Refusal refusal_of(const LiveSession& session, Instant at) const;
    bool is_active(std::int64_t user, Instant at) const;
    bool refresh(Bearer& bearer, Instant at);
    void forget_pending(Instant at);
    std::vector<std::int64_t> drop_sessions(std::int64_t user, std::int64_t except);  // which
    void drop_session(LiveSession& session, Refusal why);
    Presented present(LiveSession& session, std::string_view address, Instant at);
    void prepare_rotation(LiveSession& session);
    void settle_rotation(LiveSession& session, const Hash& used, Instant at);

    // memory must not be held
    std::future<Result<void>> submit_drops(std::vector<std::int64_t> sessions, Refusal why);
    Result<std::string> begin_session(std::int64_t user, const Origin& from, bool second_factor);
    Result<SignIn> password_passed(std::int64_t user, const std::string& mail, const Origin& from);
    Result<std::chrono::seconds> count_attempt(const std::string& mail, const std::string& address);
    Result<void> forgive(const std::string& mail, const std::string& address);
    // Bound to the user, so that nobody's row is good for another.
    Bytes sealed_secret(std::int64_t user, ByteView secret) const;
    Result<Bytes> opened_secret(std::int64_t user, ByteView sealed) const;
    Result<void> seal_older_secrets();
    Result<bool> use_totp(store::Database& database, std::int64_t user, std::string_view code, Instant at);
    Result<SecondFactor> second_factor(std::int64_t user);
    void prove_second_factor(const Principal& who);
    Result<bool> code_is_good(std::int64_t user, std::string_view code);
    Result<void> demand_code(const Principal& who, std::string_view code);
    Result<std::vector<std::string>> replace_recovery_codes(std::int64_t user);
    Result<void> store_password(std::int64_t user, std::string_view password);
    Result<void> policy(const std::vector<std::string>& own, std::string_view password) const;
    Result<User> user_of(std::int64_t user) const;
    std::optional<std::string> password_of(std::int64_t user) const;

    Result<void> write_last_uses();
    Result<void> write_accesses();
    Result<void> make_batches(registers::Organisation& organisation, bool all);
    Result<void> append_batches(registers::Organisation& organisation);
    Result<void> forget_old(Instant at);
    Result<void> forget_gone();
    Result<void> forget_users(const std::vector<std::int64_t>& users);
};

Hash secret_hash(std::string_view secret);
std::string cut(std::string_view text, std::size_t bytes);  // at a character's end
std::int64_t milliseconds_of(Instant at);
Instant instant_of(std::int64_t milliseconds_since_1970);
Hash hash_of(ByteView stored);

}  // namespace maru::identity
