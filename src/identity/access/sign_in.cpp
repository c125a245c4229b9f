#include <fmt/core.h>

#include <algorithm>

#include "access/impl.hpp"
#include "crypto/hash.hpp"

namespace maru::identity {

namespace {

using std::chrono::seconds;

constexpr auto pending_life = std::chrono::minutes(5);
// Failures in a row before one has to wait. Many people share an address, so that may fail more often.
constexpr std::int64_t user_patience = 10, address_patience = 50;
constexpr seconds first_wait{30}, longest_wait{900};

// Failures are kept under hashes: a list of who mistyped passwords from where is nobody's business.
Hash counter_of(std::string_view kind, std::string_view who) {
    return crypto::sha256(as_bytes(fmt::format("maru-failures-v1 {} {}", kind, who)));
}

// Mails for a forgotten password: somebody else may be asking for them.
constexpr std::int64_t reset_mail_patience = 3, reset_asker_patience = 20;
constexpr seconds first_reset_wait{300}, longest_reset_wait{6 * 3600};

struct Patience {
    std::int64_t times = 0;
    seconds first{first_wait}, longest{longest_wait};
};

seconds wait_after(std::int64_t failures, const Patience& patience) {
    if (failures < patience.times) return seconds(0);
    const auto doublings = std::min<std::int64_t>(failures - patience.times, 10);
    return std::min(patience.longest, patience.first * (1 << doublings));
}

struct Counter {
    std::int64_t count = 0;
    Instant last{};
};

Result<Counter> read_counter(store::Database& database, const Hash& who) {
    store::Statement* query = TRY(database.cached("select count, last from failure where who = ?"));
    const auto row = TRY(query->bind(1, ByteView(who)).step());
    const Counter counter = row ? Counter{row->integer(0), instant_of(row->integer(1))} : Counter{};
    query->reset();
    return counter;
}

Result<void> write_counter(store::Database& database, const Hash& who, const Counter& counter) {
    store::Statement* row =
        TRY(database.cached("insert or replace into failure (who, count, last) values (?, ?, ?)"));
    return row->bind(1, ByteView(who)).bind(2, counter.count).bind(3, milliseconds_of(counter.last)).run();
}

seconds left(const Counter& counter, const Patience& patience, Instant at) {
    const seconds wait = wait_after(counter.count, patience);
    const Instant until = counter.last + wait;
    // Nobody waits longer because the clock was set back.
    return until > at ? std::min(wait, std::chrono::ceil<seconds>(until - at)) : seconds(0);
}

SignIn refused() { return {}; }

SignIn waiting(seconds wait) {
    SignIn answer;
    answer.outcome = SignIn::Outcome::wait;
    answer.wait = wait;
    return answer;
}

std::unexpected<Error> wrong_code() {
    return fail(
        ErrorKind::forbidden,
        {"コードが違うか、使用済みです。アプリの新しいコードを入れてください。端末の時計も確かめてください。",
         "the code is wrong or used; enter a new one, and check the clock of your device"});
}

std::unexpected<Error> must_wait(seconds wait) {
    return fail(ErrorKind::forbidden,
                {fmt::format("失敗が続いたため、あと {} 秒お待ちください。", wait.count()),
                 fmt::format("too many failures: wait {} seconds", wait.count())});
}

}  // namespace

// Counted before it is tried, so that many attempts at once are not all tried. 0: go ahead.
Result<seconds> AccessStore::Impl::count_attempt(const std::string& mail, const std::string& address) {
    const Hash user = counter_of("user", mail), peer = counter_of("address", address);
    const Instant at = now();
    seconds wait{};
    TRY(write([&](store::Database& database) -> Result<void> {
        Counter of_user = TRY(read_counter(database, user)), of_peer = TRY(read_counter(database, peer));
        wait = std::max(left(of_user, {user_patience}, at), left(of_peer, {address_patience}, at));
        if (wait > seconds(0)) return {};
        TRY(write_counter(database, user, {of_user.count + 1, at}));
        return write_counter(database, peer, {of_peer.count + 1, at});
    }));
    return wait;
}

Result<seconds> AccessStore::count_reset(ResetCounter whose, std::string_view name) {
    const bool of_mail = whose == ResetCounter::mail;
    const Hash counter =
        of_mail ? counter_of("reset of", normal_mail(cut(name, 320))) : counter_of("reset from", name);
    const Patience patience{of_mail ? reset_mail_patience : reset_asker_patience, first_reset_wait,
                            longest_reset_wait};
    const Instant at = impl_->now();
    seconds wait{};
    TRY(impl_->write([&](store::Database& database) -> Result<void> {
        const Counter counted = TRY(read_counter(database, counter));
        wait = left(counted, patience, at);
        return wait > seconds(0) ? Result<void>() : write_counter(database, counter, {counted.count + 1, at});
    }));
    return wait;
}

// After a success. The address keeps its earlier failures: an attacker with an account of his own must not be
// able to begin anew.
Result<void> AccessStore::Impl::forgive(const std::string& mail, const std::string& address) {
    const Hash user = counter_of("user", mail), peer = counter_of("address", address);
    return write([&](store::Database& database) -> Result<void> {
        store::Statement* forget = TRY(database.cached("delete from failure where who = ?"));
        TRY(forget->bind(1, ByteView(user)).run());
        store::Statement* less =
            TRY(database.cached("update failure set count = count - 1 where who = ? and count > 0"));
        return less->bind(1, ByteView(peer)).run();
    });
}

std::optional<std::string> AccessStore::Impl::password_of(std::int64_t user) const {
    const std::lock_guard lock(memory);
    const auto found = passwords.find(user);
    return found == passwords.end() ? std::nullopt : std::optional(found->second);
}

Result<SignIn> AccessStore::sign_in(std::string_view mail, std::string_view password, const Origin& from) {
    const std::string plain = normal_mail(cut(mail, 320));
    const seconds wait = TRY(impl_->count_attempt(plain, from.address));
    if (wait > seconds(0)) return waiting(wait);
    std::int64_t user = 0;
    {
        const std::lock_guard lock(impl_->memory);
        if (const User* found = impl_->directory->by_mail(plain);
            found && impl_->is_active(found->id, impl_->now()))
            user = found->id;
    }
    const auto stored = user != 0 ? impl_->password_of(user) : std::nullopt;
    const std::string compared = stored ? *stored : crypto::unmatchable_password(impl_->cost());
    const bool good = password.size() <= 4096 && is_utf8(password) &&
                      crypto::verify_password(normalize_compatibility(password), compared);
    if (!good || !stored) return refused();
    if (crypto::has_other_cost(*stored, impl_->cost())) TRY(impl_->store_password(user, password));
    return impl_->password_passed(user, plain, from);
}

Result<SignIn> AccessStore::Impl::password_passed(std::int64_t user, const std::string& mail,
                                                  const Origin& from) {
    SignIn answer;
    answer.user = user;
    if (TRY(second_factor(user)).enrolled) {
        answer.outcome = SignIn::Outcome::code_needed;
        answer.token = random_token();
        const std::lock_guard lock(memory);
        forget_pending(now());
        pending.emplace(secret_hash(answer.token), PendingSignIn{user, mail, now() + pending_life});
        return answer;
    }
    TRY(forgive(mail, from.address));
    answer.outcome = SignIn::Outcome::done;
    answer.token = TRY(begin_session(user, from, false));
    return answer;
}

void AccessStore::Impl::forget_pending(Instant at) {
    std::erase_if(pending, [&](const auto& one) { return one.second.ends <= at; });
}

Result<SignIn> AccessStore::second_step(std::string_view token, std::string_view code, const Origin& from) {
    const Hash hash = secret_hash(token.substr(0, 100));
    std::optional<PendingSignIn> begun;
    {
        const std::lock_guard lock(impl_->memory);
        impl_->forget_pending(impl_->now());
        if (const auto found = impl_->pending.find(hash); found != impl_->pending.end())
            begun = found->second;
        if (begun && !impl_->is_active(begun->user, impl_->now())) begun.reset();
    }
    if (!begun) return refused();
    const seconds wait = TRY(impl_->count_attempt(begun->mail, from.address));
    if (wait > seconds(0)) return waiting(wait);
    if (!TRY(impl_->code_is_good(begun->user, code))) return refused();
    TRY(impl_->forgive(begun->mail, from.address));
    {
        const std::lock_guard lock(impl_->memory);
        if (impl_->pending.erase(hash) == 0) return refused();
    }
    SignIn answer{.outcome = SignIn::Outcome::done, .token = {}, .wait = {}, .user = begun->user};
    answer.recovery_codes_left = TRY(impl_->second_factor(begun->user)).recovery_codes_left;
    answer.token = TRY(impl_->begin_session(begun->user, from, true));
    return answer;
}

bool AccessStore::has_password(std::int64_t user) const { return impl_->password_of(user).has_value(); }

Result<User> AccessStore::Impl::user_of(std::int64_t user) const {
    const std::lock_guard lock(memory);
    const User* found = directory->find(user);
    if (!found) return fail(ErrorKind::not_found, {"その利用者はありません。", "there is no such user"});
    return *found;
}

Result<void> AccessStore::Impl::policy(const std::vector<std::string>& own, std::string_view password) const {
    const PasswordOpinion opinion = judge_password(password, own);
    if (opinion.accepted) return {};
    Text all;
    for (const Text& advice : opinion.advice) {
        all.ja += advice.ja;
        all.en += (all.en.empty() ? "" : "; ") + advice.en;
    }
    return fail(ErrorKind::invalid, std::move(all));
}

Result<void> AccessStore::Impl::store_password(std::int64_t user, std::string_view password) {
    const std::string hash =
        TRY(crypto::hash_password(normalize_compatibility(password), cost(), options.random));
    TRY(write([&](store::Database& database) -> Result<void> {
        store::Statement* row =
            TRY(database.cached("insert or replace into password (user, hash, set_at) values (?, ?, ?)"));
        return row->bind(1, user).bind(2, hash).bind(3, milliseconds_of(now())).run();
    }));
    const std::lock_guard lock(memory);
    passwords[user] = hash;
    return {};
}

Result<void> AccessStore::change_password(const Principal& who, std::string_view current,
                                          std::string_view wanted) {
    const std::string mail = normal_mail(who.mail);
    const seconds wait = TRY(impl_->count_attempt(mail, ""));
    if (wait > seconds(0)) return must_wait(wait);
    const auto stored = impl_->password_of(who.user);
    if (!stored || !is_utf8(current) || current.size() > 4096 ||
        !crypto::verify_password(normalize_compatibility(current), *stored))
        return fail(ErrorKind::forbidden, {"今のパスワードが違います。", "the current password is wrong"});
    TRY(impl_->forgive(mail, ""));
    TRY(impl_->policy(own_words(TRY(impl_->user_of(who.user))), wanted));
    TRY(impl_->store_password(who.user, wanted));
    TRY(end_sessions(who.user, who.by == Principal::By::session ? who.credential : 0));
    return {};
}

// For everything that asks for a code outside of signing in.
Result<void> AccessStore::Impl::demand_code(const Principal& who, std::string_view code) {
    const std::string mail = normal_mail(who.mail);
    const seconds wait = TRY(count_attempt(mail, ""));
    if (wait > seconds(0)) return must_wait(wait);
    if (!TRY(code_is_good(who.user, code))) return wrong_code();
    return forgive(mail, "");
}

}  // namespace maru::identity
