#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <system_error>

#include "access/impl.hpp"
#include "crypto/hash.hpp"
#include "registers/keystore.hpp"
#include "store/migrations.hpp"

namespace maru::identity {

namespace {

namespace fs = std::filesystem;

constexpr store::Migration steps[] = {{1, R"sql(
create table password (user integer primary key, hash text not null, set_at integer not null);
create table totp (user integer not null, confirmed integer not null, secret blob not null, last_step integer not null,
                   primary key (user, confirmed)) without rowid;
create table recovery_code (user integer not null, hash blob not null, primary key (user, hash)) without rowid;
create table session (id integer primary key autoincrement, user integer not null, began integer not null,
                      last_used integer not null, address text not null, device text not null,
                      second_factor integer not null, token_made integer not null, refusal integer not null default 0);
create table session_token (hash blob primary key, session integer not null, replaced integer) without rowid;
create table token (id integer primary key autoincrement, user integer not null, name text not null, scope integer not null,
                    hash blob not null unique, made integer not null, ends integer not null, last_used integer,
                    address text not null default '', refusal integer not null default 0);
create table link (hash blob primary key, kind integer not null, user integer not null, person integer not null,
                   made_by integer not null, ends integer not null) without rowid;
create table failure (who blob primary key, count integer not null, last integer not null) without rowid;
create table idempotency (user integer not null, key text not null, request blob not null, made integer not null,
                          status integer, type text, body text, primary key (user, key)) without rowid;
create table access_line (number integer primary key autoincrement, at integer not null, who text not null,
                          register text not null, records text not null, fields text not null, request text not null);
create index access_line_who on access_line (who);
create index access_line_register on access_line (register);
create table access_batch (number integer primary key autoincrement, first integer not null, last integer not null,
                           commitment blob not null, after_entry integer not null, entry integer);
create index access_batch_last on access_batch (last);
create index access_batch_open on access_batch (number) where entry is null;
)sql"}};

// The log beside the file gets the file's permissions from SQLite.
Result<void> make_private(const fs::path& file) {
    std::error_code error;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, fs::perm_options::replace, error);
    if (!error) return {};
    return fail(ErrorKind::unavailable,
                {fmt::format("{} を本人だけが読めるようにできません: {}", file.string(), error.message()),
                 fmt::format("cannot make {} private: {}", file.string(), error.message())});
}

// HMAC-SHA-256 of a key that the organisation's own is behind: what access.db alone holds opens nothing.
Result<Hash> sealing_key(const fs::path& organisation_folder) {
    const auto keys = TRY(registers::Keystore::open_reader(organisation_folder / "keys"));
    return crypto::hmac_sha256(keys.blob_key(), as_bytes("maru-access-v1"));
}

}  // namespace

std::size_t HashOfHash::operator()(const Hash& hash) const {
    std::size_t out = 0;
    std::memcpy(&out, hash.data(), sizeof out);
    return out;
}

Hash secret_hash(std::string_view secret) { return crypto::sha256(as_bytes(secret)); }

std::string cut(std::string_view text, std::size_t bytes) {
    if (!is_utf8(text)) return {};
    if (text.size() <= bytes) return std::string(text);
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80) --bytes;
    return std::string(text.substr(0, bytes));
}

std::int64_t milliseconds_of(Instant at) { return at.time_since_epoch().count(); }
Instant instant_of(std::int64_t milliseconds_since_1970) {
    return Instant(milliseconds(milliseconds_since_1970));
}

Hash hash_of(ByteView stored) {
    Hash hash{};
    std::ranges::copy_n(stored.begin(), std::min<std::ptrdiff_t>(std::ssize(stored), std::ssize(hash)),
                        hash.begin());
    return hash;
}

std::string AccessStore::Impl::random_token() const {
    std::array<std::uint8_t, 32> bytes{};
    options.random(bytes);
    std::string text = base64(bytes);
    text.erase(text.find_last_not_of('=') + 1);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

std::string AccessStore::Impl::random_code(int letters) const {
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(letters) * 5 / 8);
    options.random(bytes);
    std::string out;
    for (const char c : base32(bytes)) {
        if (out.size() % 5 == 4) out.push_back('-');
        out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return out;
}

Result<void> AccessStore::Impl::load_sessions() {
    store::Statement query =
        TRY(reader.prepare("select id, user, began, last_used, address, device, second_factor, token_made, "
                           "refusal from session"));
    for (;;) {
        const auto row = TRY(query.step());
        if (!row) break;
        LiveSession session;
        session.bearer.user = row->integer(1);
        session.line.id = row->integer(0);
        session.line.began = instant_of(row->integer(2));
        session.line.last_used = instant_of(row->integer(3));
        session.line.origin = {std::string(row->text(4)), std::string(row->text(5))};
        session.line.second_factor = row->integer(6) != 0;
        session.token_made = instant_of(row->integer(7));
        session.why = static_cast<Refusal>(row->integer(8));
        sessions.emplace(session.line.id, std::move(session));
    }
    store::Statement hashes = TRY(reader.prepare("select hash, session, replaced from session_token"));
    for (;;) {
        const auto row = TRY(hashes.step());
        if (!row) return {};
        SessionToken token{row->integer(1), {}};
        if (const auto at = row->maybe_integer(2)) token.replaced = instant_of(*at);
        session_tokens.emplace(hash_of(row->blob(0)), token);
    }
}

Result<void> AccessStore::Impl::load_tokens() {
    store::Statement query = TRY(reader.prepare(
        "select id, user, name, scope, hash, made, ends, last_used, address, refusal from token"));
    for (;;) {
        const auto row = TRY(query.step());
        if (!row) return {};
        LiveToken token;
        token.bearer.user = row->integer(1);
        token.line.id = row->integer(0);
        token.line.user = row->integer(1);
        token.line.name = row->text(2);
        token.line.scope = static_cast<TokenScope>(row->integer(3));
        token.line.made = instant_of(row->integer(5));
        token.line.ends = instant_of(row->integer(6));
        if (const auto used = row->maybe_integer(7)) token.line.last_used = instant_of(*used);
        token.line.last_address = row->text(8);
        token.why = static_cast<Refusal>(row->integer(9));
        token_ids.emplace(hash_of(row->blob(4)), token.line.id);
        tokens.emplace(token.line.id, std::move(token));
    }
}

Result<void> AccessStore::Impl::load() {
    TRY(load_sessions());
    TRY(load_tokens());
    store::Statement query = TRY(reader.prepare("select user, hash from password"));
    for (;;) {
        const auto row = TRY(query.step());
        if (!row) return {};
        passwords.emplace(row->integer(0), std::string(row->text(1)));
    }
}

Result<std::unique_ptr<AccessStore>> AccessStore::open(const std::filesystem::path& organisation_folder,
                                                       AccessOptions options) {
    if (!options.random) options.random = crypto::random_bytes;
    const fs::path file = organisation_folder / "access.db";
    store::Database database = TRY(store::Database::open(file, store::OpenMode::create));
    TRY(make_private(file));
    TRY(store::migrate(database, steps));
    store::Database reader = TRY(store::Database::open(file, store::OpenMode::read_write));
    auto writer = TRY(store::Writer::start(std::move(database), {}));
    auto impl = std::make_unique<Impl>(std::move(options), std::move(writer), std::move(reader));
    impl->key = TRY(sealing_key(organisation_folder));
    TRY(impl->seal_older_secrets());
    TRY(impl->load());
    return std::unique_ptr<AccessStore>(new AccessStore(std::move(impl)));
}

AccessStore::AccessStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

AccessStore::~AccessStore() {
    if (!impl_) return;
    // Whoever must hear of errors has called tick().
    static_cast<void>(impl_->write_last_uses());
    static_cast<void>(impl_->write_accesses());
}

void AccessStore::use(std::shared_ptr<const Directory> directory) {
    const std::lock_guard lock(impl_->memory);
    impl_->directory.swap(directory);
}

std::shared_ptr<const Directory> AccessStore::directory() const {
    const std::lock_guard lock(impl_->memory);
    return impl_->directory;
}

std::vector<std::string> own_words(const User& user) { return {user.mail, user.name, "maru"}; }

}  // namespace maru::identity
