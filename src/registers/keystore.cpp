#include "registers/keystore.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <unordered_map>
#include <vector>

#include "crypto/hash.hpp"
#include "store/database.hpp"
#include "store/migrations.hpp"

namespace maru::registers {

namespace {

namespace fs = std::filesystem;

constexpr store::Migration steps[] = {{1, R"sql(
create table master_key (one integer primary key check (one = 1), key blob not null);
create table subject_key (person integer primary key, key blob, erased_at text);
)sql"}};

Result<Hash> as_key(ByteView bytes) {
    Hash key{};
    if (bytes.size() != key.size())
        return fail(ErrorKind::corrupt,
                    {"鍵の保管庫（keys.db）が壊れています。バックアップから戻してください。",
                     "the keystore (keys.db) is damaged; restore a backup"});
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

struct Keystore::Impl {
    Impl(store::Database opened, Random source, Hash key)
        : database(std::move(opened)), random(std::move(source)), master(key) {}

    Result<std::optional<Hash>> stored_key(std::int64_t person);
    Hash new_key(std::int64_t person);

    store::Database database;
    Random random;
    Hash master;
    std::unordered_map<std::int64_t, Hash> known;
    std::vector<std::int64_t> not_stored;  // created since the last flush
};

Result<std::optional<Hash>> Keystore::Impl::stored_key(std::int64_t person) {
    store::Statement* query = TRY(database.cached("select key from subject_key where person = ?1"));
    query->bind(1, person);
    const std::optional<store::Row> row = TRY(query->step());
    if (!row) return std::nullopt;
    if (row->is_null(0)) {
        query->reset();
        return fail(ErrorKind::forbidden,
                    {fmt::format("従業者 #{} の個人データは消去済みで、もう記録できません。", person),
                     fmt::format("the data of person #{} was erased; nothing more can be recorded", person)});
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
    return Keystore(std::make_unique<Impl>(std::move(database), std::move(random), master));
}

Result<Hash> Keystore::subject_key(std::int64_t person) {
    if (const auto known = impl_->known.find(person); known != impl_->known.end()) return known->second;
    const std::optional<Hash> stored = TRY(impl_->stored_key(person));
    const Hash key = stored ? *stored : impl_->new_key(person);
    impl_->known.emplace(person, key);
    return key;
}

Hash Keystore::record_key(std::int64_t record) const {
    return derived(impl_->master, "maru-record-v1", record);
}

Hash Keystore::blob_key() const { return crypto::hmac_sha256(impl_->master, as_bytes("maru-blob-v1")); }

Result<void> Keystore::flush() {
    if (impl_->not_stored.empty()) return {};
    store::Transaction transaction = TRY(store::Transaction::begin(impl_->database));
    store::Statement* insert =
        TRY(impl_->database.cached("insert into subject_key (person, key) values (?1, ?2)"));
    for (const std::int64_t person : impl_->not_stored) {
        insert->bind(1, person).bind(2, ByteView(impl_->known.at(person)));
        TRY(insert->run());
    }
    TRY(transaction.commit());
    impl_->not_stored.clear();
    return {};
}

}  // namespace maru::registers
