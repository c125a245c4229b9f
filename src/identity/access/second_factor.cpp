#include <algorithm>
#include <array>

#include "access/impl.hpp"
#include "crypto/hash.hpp"

namespace maru::identity {

namespace {

constexpr int codes_at_once = 10;
constexpr int code_letters = 16;  // of 5 bits each

using Secret = std::array<std::uint8_t, totp_secret_size>;

struct StoredSecret {
    Bytes sealed;
    std::int64_t last_step = 0;
};

Result<std::optional<StoredSecret>> read_secret(store::Database& database, std::int64_t user,
                                                std::int64_t confirmed) {
    store::Statement* query =
        TRY(database.cached("select secret, last_step from totp where user = ? and confirmed = ?"));
    const auto row = TRY(query->bind(1, user).bind(2, confirmed).step());
    std::optional<StoredSecret> out;
    if (row) out = StoredSecret{{row->blob(0).begin(), row->blob(0).end()}, row->integer(1)};
    query->reset();
    return out;
}

// "ABCD-efgh ijkl-mnop" → "abcdefghijklmnop"; "" for what is no recovery code.
std::string plain_code(std::string_view code) {
    if (code.size() > 100 || !is_utf8(code)) return {};
    std::string out;
    for (const char c : normalize_compatibility(code)) {
        if (c == ' ' || c == '-') continue;
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (!((lower >= 'a' && lower <= 'z') || (lower >= '2' && lower <= '7'))) return {};
        out.push_back(lower);
    }
    return out.size() == static_cast<std::size_t>(code_letters) ? out : std::string();
}

Result<void> note_step(store::Database& database, std::int64_t user, std::int64_t step) {
    store::Statement* used =
        TRY(database.cached("update totp set last_step = ? where user = ? and confirmed = 1"));
    return used->bind(1, step).bind(2, user).run();
}

Result<bool> use_recovery_code(store::Database& database, std::int64_t user, std::string_view code) {
    const std::string plain = plain_code(code);
    if (plain.empty()) return false;
    store::Statement* used = TRY(database.cached("delete from recovery_code where user = ? and hash = ?"));
    TRY(used->bind(1, user).bind(2, ByteView(secret_hash(plain))).run());
    return database.changes() == 1;
}

Result<void> forget_second_factor(store::Database& database, std::int64_t user) {
    store::Statement* secret = TRY(database.cached("delete from totp where user = ?"));
    TRY(secret->bind(1, user).run());
    store::Statement* codes = TRY(database.cached("delete from recovery_code where user = ?"));
    return codes->bind(1, user).run();
}

std::unexpected<Error> not_enrolled() {
    return fail(ErrorKind::not_found, {"二要素認証は設定されていません。先に設定を始めてください。",
                                       "there is no second factor; begin to enrol one first"});
}

std::string prefix_of(std::int64_t user) { return "maru-totp-v1 " + std::to_string(user) + " "; }

// A secret from before they were sealed.
struct OlderSecret {
    std::int64_t user = 0, confirmed = 0;
    Bytes secret;
};
Result<std::vector<OlderSecret>> older_secrets(store::Database& database) {
    std::vector<OlderSecret> out;
    store::Statement query =
        TRY(database.prepare("select user, confirmed, secret from totp where length(secret) = ?"));
    query.bind(1, static_cast<std::int64_t>(totp_secret_size));
    while (const auto row = TRY(query.step()))
        out.push_back({row->integer(0), row->integer(1), {row->blob(2).begin(), row->blob(2).end()}});
    return out;
}

}  // namespace

Bytes AccessStore::Impl::sealed_secret(std::int64_t user, ByteView secret) const {
    const std::string prefix = prefix_of(user);
    Bytes plain(prefix.begin(), prefix.end());
    plain.insert(plain.end(), secret.begin(), secret.end());
    return crypto::seal(key, plain, options.random);
}

Result<Bytes> AccessStore::Impl::opened_secret(std::int64_t user, ByteView sealed) const {
    const std::string prefix = prefix_of(user);
    const Bytes plain = TRY(crypto::open_sealed(key, sealed));
    if (plain.size() == prefix.size() + totp_secret_size &&
        std::ranges::equal(prefix, ByteView(plain).first(prefix.size())))
        return Bytes(plain.begin() + std::ssize(prefix), plain.end());
    return fail(ErrorKind::corrupt,
                {"access.db: 二要素認証の鍵が別の利用者のものです。解除して設定し直してください。",
                 "access.db: the secret of a second factor is another user's; reset it and enrol again"});
}

Result<void> AccessStore::Impl::seal_older_secrets() {
    bool any = false;
    TRY(write([&](store::Database& database) -> Result<void> {
        for (const OlderSecret& one : TRY(older_secrets(database))) {
            store::Statement* row =
                TRY(database.cached("update totp set secret = ? where user = ? and confirmed = ?"));
            TRY(row->bind(1, ByteView(sealed_secret(one.user, one.secret)))
                    .bind(2, one.user)
                    .bind(3, one.confirmed)
                    .run());
            any = true;
        }
        return {};
    }));
    if (!any) return {};
    return writer->run_between([](store::Database& database) -> Result<void> {
        TRY(database.rewrite());  // what was there in the clear goes from the file, too
        return database.truncate_wal();
    });
}

Result<bool> AccessStore::Impl::use_totp(store::Database& database, std::int64_t user, std::string_view code,
                                         Instant at) {
    const auto stored = TRY(read_secret(database, user, 1));
    if (!stored) return false;
    const Bytes secret = TRY(opened_secret(user, stored->sealed));
    const auto step = match_totp(secret, code, at, stored->last_step);
    if (step) TRY(note_step(database, user, *step));
    return step.has_value();
}

Result<SecondFactor> AccessStore::Impl::second_factor(std::int64_t user) {
    SecondFactor factor;
    TRY(write([&](store::Database& database) -> Result<void> {
        factor.enrolled = TRY(read_secret(database, user, 1)).has_value();
        store::Statement* count = TRY(database.cached("select count(*) from recovery_code where user = ?"));
        const auto row = TRY(count->bind(1, user).step());
        factor.recovery_codes_left = static_cast<int>(row->integer(0));
        count->reset();
        return {};
    }));
    return factor;
}

Result<SecondFactor> AccessStore::second_factor_of(std::int64_t user) const {
    return impl_->second_factor(user);
}

// In the writer's thread, so that a code that comes twice at once is good once.
Result<bool> AccessStore::Impl::code_is_good(std::int64_t user, std::string_view code) {
    bool good = false;
    const Instant at = now();
    TRY(write([&](store::Database& database) -> Result<void> {
        good = TRY(use_totp(database, user, code, at)) || TRY(use_recovery_code(database, user, code));
        return {};
    }));
    return good;
}

Result<TotpOffer> AccessStore::offer_totp(const Principal& who, std::string_view issuer) {
    Secret secret{};
    impl_->options.random(secret);
    TRY(impl_->write([&](store::Database& database) -> Result<void> {
        if (TRY(read_secret(database, who.user, 1)))
            return fail(ErrorKind::conflict,
                        {"二要素認証は設定済みです。変えるには、まずコードを入れて解除してください。",
                         "there is a second factor already; remove it with a code first"});
        store::Statement* row = TRY(database.cached(
            "insert or replace into totp (user, confirmed, secret, last_step) values (?, 0, ?, 0)"));
        return row->bind(1, who.user).bind(2, ByteView(impl_->sealed_secret(who.user, secret))).run();
    }));
    TotpOffer offer{base32(secret), otpauth_uri(secret, issuer, who.mail), {}};
    offer.qr = TRY(qr_code(offer.uri));
    return offer;
}

Result<std::vector<std::string>> AccessStore::confirm_totp(const Principal& who, std::string_view code) {
    bool good = false;
    const Instant at = impl_->now();
    TRY(impl_->write([&](store::Database& database) -> Result<void> {
        const auto offered = TRY(read_secret(database, who.user, 0));
        if (!offered) return not_enrolled();
        const Bytes secret = TRY(impl_->opened_secret(who.user, offered->sealed));
        const auto step = match_totp(secret, code, at, 0);
        if (!step) return {};
        TRY(forget_second_factor(database, who.user));
        store::Statement* row =
            TRY(database.cached("insert into totp (user, confirmed, secret, last_step) values (?, 1, ?, ?)"));
        TRY(row->bind(1, who.user).bind(2, ByteView(offered->sealed)).bind(3, *step).run());
        good = true;
        return {};
    }));
    if (!good)
        return fail(ErrorKind::forbidden,
                    {"コードが違います。アプリに読み込んだ新しいコードを入れてください。端末の時計も確かめて"
                     "ください。",
                     "the code is wrong; enter the app's new code, and check the clock of your device"});
    impl_->prove_second_factor(who);
    return impl_->replace_recovery_codes(who.user);
}

// The session that enrolled it has just shown that it has it.
void AccessStore::Impl::prove_second_factor(const Principal& who) {
    if (who.by != Principal::By::session) return;
    const std::int64_t id = who.credential;
    {
        const std::lock_guard lock(memory);
        const auto found = sessions.find(id);
        if (found == sessions.end()) return;
        found->second.line.second_factor = true;
        found->second.bearer.principal.reset();
    }
    writer->submit([id](store::Database& database) -> Result<void> {
        store::Statement* row = TRY(database.cached("update session set second_factor = 1 where id = ?"));
        return row->bind(1, id).run();
    });
}

Result<std::vector<std::string>> AccessStore::Impl::replace_recovery_codes(std::int64_t user) {
    std::vector<std::string> codes;
    for (int i = 0; i < codes_at_once; ++i) codes.push_back(random_code(code_letters));
    TRY(write([&](store::Database& database) -> Result<void> {
        store::Statement* forget = TRY(database.cached("delete from recovery_code where user = ?"));
        TRY(forget->bind(1, user).run());
        store::Statement* row = TRY(database.cached("insert into recovery_code (user, hash) values (?, ?)"));
        for (const std::string& code : codes)
            TRY(row->bind(1, user).bind(2, ByteView(secret_hash(plain_code(code)))).run());
        return {};
    }));
    return codes;
}

Result<std::vector<std::string>> AccessStore::new_recovery_codes(const Principal& who,
                                                                 std::string_view code) {
    if (!TRY(impl_->second_factor(who.user)).enrolled) return not_enrolled();
    TRY(impl_->demand_code(who, code));
    return impl_->replace_recovery_codes(who.user);
}

Result<void> AccessStore::remove_totp(const Principal& who, std::string_view code) {
    if (!TRY(impl_->second_factor(who.user)).enrolled) return not_enrolled();
    TRY(impl_->demand_code(who, code));
    return reset_totp(who.user);
}

Result<void> AccessStore::reset_totp(std::int64_t user) {
    return impl_->write(
        [&](store::Database& database) -> Result<void> { return forget_second_factor(database, user); });
}

}  // namespace maru::identity
