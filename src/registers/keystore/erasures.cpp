// Journal, openings and list of erasures in keys.db.
#include <algorithm>

#include "keystore/impl.hpp"

namespace maru::registers {

namespace {

std::optional<Hash> maybe_hash(const store::Row& row, int column) {
    Hash out{};
    if (row.is_null(column) || row.blob(column).size() != out.size()) return std::nullopt;
    std::ranges::copy(row.blob(column), out.begin());
    return out;
}

void bind_hash(store::Statement& statement, int parameter, const std::optional<Hash>& hash) {
    if (hash)
        statement.bind(parameter, ByteView(*hash));
    else
        statement.bind(parameter, store::Null{});
}

Result<std::vector<Hash>> blobs_of(store::Database& database, const Nonce& nonce) {
    store::Statement* query = TRY(database.cached("select sha256 from erasure_blob where nonce = ?1"));
    query->bind(1, ByteView(nonce));
    std::vector<Hash> out;
    while (const auto row = TRY(query->step()))
        if (const auto hash = maybe_hash(*row, 0)) out.push_back(*hash);
    return out;
}

}  // namespace

Result<void> Keystore::Impl::load_erased() {
    store::Statement query = TRY(database.prepare(
        "select person, coalesce(erased_by, 0) from subject_key where erased_at is not null"));
    while (const auto row = TRY(query.step())) erased[row->integer(0)] = row->integer(1);
    return {};
}

Result<void> Keystore::Impl::store_openings() {
    store::Statement* insert = TRY(
        database.cached("insert or replace into opening (record, version, field, person, salt, commitment) "
                        "values (?1, ?2, ?3, ?4, ?5, ?6)"));
    for (const auto& [person, one] : openings) {
        insert->bind(1, one.record).bind(2, one.version).bind(3, std::int64_t{one.field}).bind(4, person);
        bind_hash(*insert, 5, one.salt);
        bind_hash(*insert, 6, one.commitment);
        TRY(insert->run());
    }
    return {};
}

std::optional<std::int64_t> Keystore::erased_by(std::int64_t person) const {
    const auto found = impl_->erased.find(person);
    return found == impl_->erased.end() ? std::nullopt : std::optional(found->second);
}

Result<std::optional<Opening>> Keystore::opening(std::int64_t record, std::int64_t version, int field) {
    store::Statement* query = TRY(impl_->database.cached(
        "select salt, commitment from opening where record = ?1 and version = ?2 and field = ?3"));
    query->bind(1, record).bind(2, version).bind(3, std::int64_t{field});
    const auto row = TRY(query->step());
    std::optional<Opening> out;
    if (row) out = Opening{record, version, field, maybe_hash(*row, 0), maybe_hash(*row, 1)};
    query->reset();
    return out;
}

Result<void> Keystore::write_journal(const ErasureJournal& journal) {
    store::Transaction transaction = TRY(store::Transaction::begin(impl_->database));
    store::Statement* insert =
        TRY(impl_->database.cached("insert or replace into erasure_journal (nonce, line) values (?1, ?2)"));
    insert->bind(1, ByteView(journal.nonce)).bind(2, std::string_view(journal.order));
    TRY(insert->run());
    store::Statement* blob =
        TRY(impl_->database.cached("insert or replace into erasure_blob (nonce, sha256) values (?1, ?2)"));
    for (const Hash& hash : journal.blobs) {
        blob->bind(1, ByteView(journal.nonce)).bind(2, ByteView(hash));
        TRY(blob->run());
    }
    return transaction.commit();
}

Result<std::vector<ErasureJournal>> Keystore::journals() {
    std::vector<ErasureJournal> out;
    store::Statement query =
        TRY(impl_->database.prepare("select nonce, line from erasure_journal order by rowid"));
    while (const auto row = TRY(query.step())) {
        ErasureJournal one;
        if (row->blob(0).size() == one.nonce.size()) std::ranges::copy(row->blob(0), one.nonce.begin());
        one.order = row->text(1);
        out.push_back(std::move(one));
    }
    for (ErasureJournal& one : out) one.blobs = TRY(blobs_of(impl_->database, one.nonce));
    return out;
}

void Keystore::begin_erasure(std::int64_t person, std::int64_t entry) {
    impl_->before = erased_by(person);
    impl_->erased[person] = entry;
    impl_->openings.clear();
}

void Keystore::add_opening(std::int64_t person, const Opening& opening) {
    impl_->openings.emplace_back(person, opening);
}

void Keystore::cancel_erasure(std::int64_t person) {
    impl_->openings.clear();
    if (impl_->before)
        impl_->erased[person] = *impl_->before;
    else
        impl_->erased.erase(person);
}

Result<void> Keystore::destroy_key(std::int64_t person, std::int64_t entry, Instant at) {
    store::Statement* update = TRY(impl_->database.cached(
        "insert into subject_key (person, key, erased_at, erased_by) values (?1, null, ?2, ?3) "
        "on conflict (person) do update set key = null, erased_at = excluded.erased_at, "
        "erased_by = excluded.erased_by"));
    update->bind(1, person).bind(2, format_instant(at)).bind(3, entry);
    TRY(update->run());
    if (const auto found = impl_->known.find(person); found != impl_->known.end()) {
        found->second.fill(0);
        impl_->known.erase(found);
    }
    std::erase(impl_->not_stored, person);
    impl_->erased[person] = entry;
    return {};
}

Result<void> Keystore::list_erasure(const Nonce& nonce, const std::string& listed) {
    store::Statement* insert =
        TRY(impl_->database.cached("insert or replace into erasure (nonce, line) values (?1, ?2)"));
    insert->bind(1, ByteView(nonce)).bind(2, std::string_view(listed));
    return insert->run();
}

Result<std::vector<std::string>> Keystore::erasures() {
    std::vector<std::string> out;
    store::Statement query = TRY(impl_->database.prepare("select line from erasure order by rowid"));
    while (const auto row = TRY(query.step())) out.emplace_back(row->text(0));
    return out;
}

Result<void> Keystore::end_journal(const Nonce& nonce) {
    store::Transaction transaction = TRY(store::Transaction::begin(impl_->database));
    for (const char* sql :
         {"delete from erasure_blob where nonce = ?1", "delete from erasure_journal where nonce = ?1"}) {
        store::Statement* remove = TRY(impl_->database.cached(sql));
        remove->bind(1, ByteView(nonce));
        TRY(remove->run());
    }
    return transaction.commit();
}

Result<void> Keystore::wipe() {
    TRY(impl_->database.rewrite());
    return impl_->database.truncate_wal();
}

}  // namespace maru::registers
