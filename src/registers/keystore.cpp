#include "registers/keystore.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <system_error>

#include "crypto/hash.hpp"
#include "keystore/impl.hpp"
#include "store/migrations.hpp"

namespace maru::registers {

namespace {

namespace fs = std::filesystem;

constexpr store::Migration steps[] = {{1, R"sql(
create table master_key (one integer primary key check (one = 1), key blob not null);
create table subject_key (person integer primary key, key blob, erased_at text);
)sql"},
                                      {2, R"sql(
alter table subject_key add column erased_by integer;
create table opening (record integer not null, version integer not null, field integer not null, person integer not null,
                      salt blob, commitment blob, primary key (record, version, field)) without rowid;
create table erasure_journal (nonce blob primary key, line text not null);
create table erasure_blob (nonce blob not null, sha256 blob not null, primary key (nonce, sha256)) without rowid;
create table erasure (nonce blob primary key, line text not null);
)sql"}};

std::unexpected<Error> damaged() {
    return fail(ErrorKind::corrupt, {"鍵の保管庫（keys.db）が壊れています。バックアップから戻してください。",
                                     "the keystore (keys.db) is damaged; restore a backup"});
}

std::unexpected<Error> was_erased(std::int64_t person, std::int64_t entry) {
    return fail(
        ErrorKind::forbidden,
        {fmt::format(
             "従業者 #{} の個人データは変更 {} により消去済みです。この人についてはもう記録できません。"
             "同じ人がまた加わったときは、新しい記録として登録してください。",
             person, entry),
         fmt::format("the data of person #{} was erased by entry {}; nothing more can be recorded about that "
                     "person. Should the person join again, make a new record",
                     person, entry)});
}

Result<Hash> as_key(ByteView bytes) {
    Hash key{};
    if (bytes.size() != key.size()) return damaged();
    std::ranges::copy(bytes, key.begin());
    return key;
}

Hash derived(const Hash& master, std::string_view label, std::int64_t number) {
    Bytes message(label.begin(), label.end());
    for (int shift = 56; shift >= 0; shift -= 8)
        message.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> shift));
    return crypto::hmac_sha256(master, message);
}

Result<void> make_private(const fs::path& path, fs::perms perms) {
    std::error_code error;
    fs::permissions(path, perms, fs::perm_options::replace, error);
    if (!error) return {};
    return fail(ErrorKind::unavailable,
                {fmt::format("{} の権限を所有者だけに絞れません（{}）。", path.string(), error.message()),
                 fmt::format("cannot restrict {} to its owner: {}", path.string(), error.message())});
}

Result<void> make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return fail(ErrorKind::unavailable,
                    {fmt::format("フォルダ {} を作れません（{}）。", folder.string(), error.message()),
                     fmt::format("cannot make the folder {}: {}", folder.string(), error.message())});
    return make_private(folder, fs::perms::owner_all);
}

Result<void> expect_this_version(store::Database& database) {
    const std::int64_t found = TRY(database.query_integer("pragma user_version")).value_or(0);
    if (found == std::size(steps)) return {};
    return fail(ErrorKind::unavailable,
                {"鍵の保管庫（keys.db）が古い形式です。書き込みコマンドを一度実行すると新しくなります。",
                 "the keystore (keys.db) has an older format; any writing command brings it up to date"});
}

Result<std::optional<Hash>> read_master(store::Database& database) {
    store::Statement query = TRY(database.prepare("select key from master_key"));
    const std::optional<store::Row> row = TRY(query.step());
    if (!row) return std::nullopt;
    return TRY(as_key(row->blob(0)));
}

Result<Hash> master_of(store::Database& database, const Random& random) {
    if (const std::optional<Hash> found = TRY(read_master(database))) return *found;
    Hash key{};
    random(key);
    store::Statement insert = TRY(database.prepare("insert into master_key (one, key) values (1, ?1)"));
    insert.bind(1, ByteView(key));
    TRY(insert.run());
    return key;
}

}  // namespace

Result<std::optional<Hash>> Keystore::Impl::stored_key(std::int64_t person) {
    store::Statement* query = TRY(database.cached("select key from subject_key where person = ?1"));
    query->bind(1, person);
    const std::optional<store::Row> row = TRY(query->step());
    if (!row || row->is_null(0)) {
        query->reset();
        return std::nullopt;
    }
    const Result<Hash> key = as_key(row->blob(0));
    query->reset();
    if (!key) return std::unexpected(key.error());
    return *key;
}

Hash Keystore::Impl::new_key(std::int64_t person) {
    Hash key{};
    random(key);
    not_stored.push_back(person);
    return key;
}

Keystore::Keystore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Keystore::Keystore(Keystore&&) noexcept = default;
Keystore& Keystore::operator=(Keystore&&) noexcept = default;
Keystore::~Keystore() = default;

Result<Keystore> Keystore::open(const fs::path& folder, Random random) {
    TRY(make_folder(folder));
    const fs::path file = folder / "keys.db";
    store::Database database = TRY(store::Database::open(file, store::OpenMode::create));
    TRY(make_private(file, fs::perms::owner_read | fs::perms::owner_write));
    TRY(store::migrate(database, steps));
    const Hash master = TRY(master_of(database, random));
    auto impl = std::make_unique<Impl>(std::move(database), std::move(random), master);
    TRY(impl->load_erased());
    return Keystore(std::move(impl));
}

Result<Keystore> Keystore::open_reader(const fs::path& folder) {
    store::Database database = TRY(store::Database::open(folder / "keys.db", store::OpenMode::read_only));
    TRY(expect_this_version(database));
    const std::optional<Hash> master = TRY(read_master(database));
    if (!master) return damaged();
    auto impl = std::make_unique<Impl>(std::move(database), Random{}, *master);
    TRY(impl->load_erased());
    return Keystore(std::move(impl));
}

Result<Hash> Keystore::subject_key(std::int64_t person) {
    if (const auto entry = erased_by(person)) return was_erased(person, *entry);
    if (const auto known = impl_->known.find(person); known != impl_->known.end()) return known->second;
    const std::optional<Hash> stored = TRY(impl_->stored_key(person));
    const Hash key = stored ? *stored : impl_->new_key(person);
    impl_->known.emplace(person, key);
    return key;
}

Result<std::optional<Hash>> Keystore::existing_key(std::int64_t person) {
    if (const auto known = impl_->known.find(person); known != impl_->known.end()) return known->second;
    const std::optional<Hash> stored = TRY(impl_->stored_key(person));
    if (stored) impl_->known.emplace(person, *stored);
    return stored;
}

Hash Keystore::record_key(std::int64_t record) const {
    return derived(impl_->master, "maru-record-v1", record);
}

Hash Keystore::blob_key() const { return crypto::hmac_sha256(impl_->master, as_bytes("maru-blob-v1")); }
Hash Keystore::list_key() const { return crypto::hmac_sha256(impl_->master, as_bytes("maru-erasures-v1")); }

Result<void> Keystore::Impl::store_keys() {
    store::Statement* insert = TRY(database.cached("insert into subject_key (person, key) values (?1, ?2)"));
    for (const std::int64_t person : not_stored) {
        insert->bind(1, person).bind(2, ByteView(known.at(person)));
        TRY(insert->run());
    }
    return {};
}

Result<void> Keystore::flush() {
    if (impl_->not_stored.empty() && impl_->openings.empty()) return {};
    store::Transaction transaction = TRY(store::Transaction::begin(impl_->database));
    TRY(impl_->store_keys());
    TRY(impl_->store_openings());
    TRY(transaction.commit());
    impl_->not_stored.clear();
    impl_->openings.clear();
    return {};
}

}  // namespace maru::registers
