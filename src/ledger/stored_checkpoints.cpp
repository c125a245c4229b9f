#include "ledger/stored_checkpoints.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "damage/messages.hpp"

namespace maru::ledger {

namespace {

std::int64_t as_integer(std::uint64_t size) { return static_cast<std::int64_t>(size); }
std::int64_t as_integer(Instant instant) { return instant.time_since_epoch().count(); }

std::unexpected<Error> damaged_row(std::uint64_t size) {
    return damaged_ledger(fmt::format("{} 件のチェックポイントが、保存された行と一致しません", size),
                          fmt::format("the checkpoint of {} entries differs from its row", size));
}

std::unexpected<Error> another_root(std::uint64_t size) {
    return damaged_ledger(fmt::format("{} 件には、別のルートのチェックポイントが既にあります", size),
                          fmt::format("a checkpoint of {} entries with another root exists", size));
}

std::unexpected<Error> larger_exists(std::uint64_t size, std::uint64_t newest) {
    return damaged_ledger(fmt::format("{} 件より大きい {} 件のチェックポイントが既にあります", size, newest),
                          fmt::format("a checkpoint of {} entries exists, larger than {}", newest, size));
}

Result<std::optional<StoredCheckpoint>> one(store::Statement& query) {
    const std::optional<store::Row> row = TRY(query.step());
    if (!row) return std::nullopt;
    StoredCheckpoint stored;
    const auto size = static_cast<std::uint64_t>(row->integer(0));
    const Bytes root(row->blob(1).begin(), row->blob(1).end());
    stored.note = row->text(2);
    stored.created = Instant(std::chrono::milliseconds(row->integer(3)));
    query.reset();
    Result<SignedCheckpoint> parsed = parse_signed_checkpoint(stored.note);
    if (!parsed || parsed->checkpoint.size != size || !std::ranges::equal(parsed->checkpoint.root, root))
        return damaged_row(size);
    stored.checkpoint = std::move(parsed->checkpoint);
    return stored;
}

}  // namespace

store::Migration checkpoint_tables(int number) {
    return {number, R"sql(
create table log_key (number integer primary key, vkey text not null, since integer not null);
create table checkpoint (size integer primary key, root blob not null, note text not null, created integer not null);
create table cosignature (size integer not null, witness text not null, line text not null, time integer not null,
                          primary key (size, witness)) without rowid;
create table timestamp (size integer primary key, tsq blob not null, tsr blob not null);
)sql"};
}

Result<std::vector<VerifierKey>> all_log_keys(store::Database& database) {
    store::Statement query = TRY(database.prepare("select vkey from log_key order by number"));
    std::vector<VerifierKey> keys;
    while (const std::optional<store::Row> row = TRY(query.step())) {
        const Result<VerifierKey> key = parse_verifier_key(row->text(0));
        if (!key) return damaged_ledger("鍵の表 log_key が読めません", "its table log_key cannot be read");
        keys.push_back(*key);
    }
    return keys;
}

Result<std::optional<VerifierKey>> log_key(store::Database& database) {
    const std::vector<VerifierKey> keys = TRY(all_log_keys(database));
    return keys.empty() ? std::nullopt : std::optional(keys.back());
}

Result<void> store_log_key(store::Database& database, const VerifierKey& key, std::uint64_t since) {
    store::Statement insert = TRY(database.prepare("insert into log_key (vkey, since) values (?1, ?2)"));
    const std::string text = to_text(key);
    insert.bind(1, std::string_view(text)).bind(2, as_integer(since));
    return insert.run();
}

Result<std::optional<StoredCheckpoint>> newest_checkpoint(store::Database& database) {
    return one(
        *TRY(database.cached("select size, root, note, created from checkpoint order by size desc limit 1")));
}

Result<std::optional<StoredCheckpoint>> checkpoint_of_size(store::Database& database, std::uint64_t size) {
    store::Statement* query =
        TRY(database.cached("select size, root, note, created from checkpoint where size = ?1"));
    query->bind(1, as_integer(size));
    return one(*query);
}

Result<std::optional<StoredCheckpoint>> checkpoint_covering(store::Database& database, std::uint64_t entry) {
    store::Statement* query = TRY(database.cached(
        "select size, root, note, created from checkpoint where size > ?1 order by size limit 1"));
    query->bind(1, as_integer(entry));
    return one(*query);
}

Result<void> store_checkpoint(store::Database& database, const StoredCheckpoint& checkpoint) {
    const Checkpoint& signed_now = checkpoint.checkpoint;
    const auto newest = TRY(newest_checkpoint(database));
    if (newest && newest->checkpoint.size > signed_now.size)
        return larger_exists(signed_now.size, newest->checkpoint.size);
    if (newest && newest->checkpoint.size == signed_now.size && newest->checkpoint.root != signed_now.root)
        return another_root(signed_now.size);
    if (newest && newest->note == checkpoint.note) return {};
    store::Statement* insert = TRY(database.cached(
        "insert or replace into checkpoint (size, root, note, created) values (?1, ?2, ?3, ?4)"));
    insert->bind(1, as_integer(signed_now.size))
        .bind(2, ByteView(signed_now.root))
        .bind(3, std::string_view(checkpoint.note))
        .bind(4, as_integer(checkpoint.created));
    return insert->run();
}

Result<std::int64_t> thin_checkpoints(store::Database& database, Instant before) {
    store::Statement statement = TRY(database.prepare(
        "delete from checkpoint where created < ?1 "
        "and size not in (select max(c.size) from checkpoint c group by c.created / 3600000) "
        "and size not in (select c.size from cosignature c) and size not in (select t.size from timestamp t) "
        "and size <> (select max(c.size) from checkpoint c)"));
    statement.bind(1, as_integer(before));
    TRY(statement.run());
    return database.changes();
}

Result<void> store_cosignature(store::Database& database, const StoredCosignature& cosignature) {
    store::Statement* insert = TRY(database.cached(
        "insert or replace into cosignature (size, witness, line, time) values (?1, ?2, ?3, ?4)"));
    insert->bind(1, as_integer(cosignature.size))
        .bind(2, std::string_view(cosignature.witness))
        .bind(3, std::string_view(cosignature.line))
        .bind(4, cosignature.time);
    return insert->run();
}

Result<std::vector<StoredCosignature>> cosignatures_of(store::Database& database, std::uint64_t size) {
    store::Statement query =
        TRY(database.prepare("select witness, line, time from cosignature where size = ?1 order by witness"));
    query.bind(1, as_integer(size));
    std::vector<StoredCosignature> found;
    while (const std::optional<store::Row> row = TRY(query.step()))
        found.push_back({size, std::string(row->text(0)), std::string(row->text(1)), row->integer(2)});
    return found;
}

Result<std::optional<StoredCosignature>> last_cosignature(store::Database& database,
                                                          std::string_view witness) {
    store::Statement query = TRY(database.prepare(
        "select size, witness, line, time from cosignature where witness = ?1 order by size desc limit 1"));
    query.bind(1, witness);
    const std::optional<store::Row> row = TRY(query.step());
    if (!row) return std::nullopt;
    return StoredCosignature{static_cast<std::uint64_t>(row->integer(0)), std::string(row->text(1)),
                             std::string(row->text(2)), row->integer(3)};
}

Result<std::string> published_note(store::Database& database, const StoredCheckpoint& checkpoint) {
    std::string note = checkpoint.note;
    for (const StoredCosignature& cosignature : TRY(cosignatures_of(database, checkpoint.checkpoint.size)))
        note += cosignature.line;
    return note;
}

}  // namespace maru::ledger
