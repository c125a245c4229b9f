#include "ledger/verify_stored.hpp"

#include <fmt/core.h>

#include "crypto/hash.hpp"
#include "crypto/timestamp.hpp"
#include "damage/messages.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "ledger/stored_tiles.hpp"
#include "ledger/stored_timestamps.hpp"

namespace maru::ledger {

namespace {

std::unexpected<Error> wrong_checkpoint(std::uint64_t size, const Text& cause) {
    return damaged_ledger(fmt::format("{} 件のチェックポイント: {}", size, cause.ja),
                          fmt::format("the checkpoint of {} entries: {}", size, cause.en));
}

Result<void> verify_checkpoint(store::Database& database, const StoredCheckpoint& stored,
                               std::span<const VerifierKey> keys) {
    const std::uint64_t size = stored.checkpoint.size;
    if (const auto opened = open_checkpoint(stored.note, keys); !opened)
        return wrong_checkpoint(size, opened.error().message);
    const Result<Hash> root = root_at(database, static_cast<std::int64_t>(size));
    if (root && *root == stored.checkpoint.root) return {};
    return wrong_checkpoint(
        size, {"署名されたルートと記録が一致しません", "its entries do not give the signed root"});
}

Result<void> verify_checkpoints(store::Database& database, VerifiedDatabase& out) {
    const std::vector<VerifierKey> keys = TRY(all_log_keys(database));
    std::int64_t size = -1;
    store::Statement next = TRY(database.prepare("select min(size) from checkpoint where size > ?1"));
    for (;;) {
        next.bind(1, size);
        const std::optional<store::Row> row = TRY(next.step());
        if (!row || row->is_null(0)) return {};
        size = row->integer(0);
        next.reset();
        out.signed_size = static_cast<std::uint64_t>(size);
        const auto stored = TRY(checkpoint_of_size(database, out.signed_size));
        if (stored) TRY(verify_checkpoint(database, *stored, keys));
        ++out.checkpoints;
    }
}

std::unexpected<Error> wrong_timestamp(std::uint64_t size, const char* ja, const char* en) {
    return damaged_ledger(fmt::format("{} 件のタイムスタンプ: {}", size, ja),
                          fmt::format("the time stamp of {} entries: {}", size, en));
}

// Stamps are entered behind what they stamp, mostly at once.
Result<bool> has_entry(store::Database& database, const StoredTimestamp& stamp) {
    store::Statement* query = TRY(
        database.cached("select 1 from entry where idx >= ?1 and instr(body, ?2) > 0 order by idx limit 1"));
    const std::string said = "\"note\":\"" + timestamp_note(stamp) + "\"}";
    query->bind(1, static_cast<std::int64_t>(stamp.size)).bind(2, as_bytes(said));
    const bool found = TRY(query->step()).has_value();
    query->reset();
    return found;
}

Result<void> verify_timestamp(store::Database& database, const StoredTimestamp& stamp) {
    const auto read = crypto::read_timestamp(stamp.response);
    const auto stamped = TRY(checkpoint_of_size(database, stamp.size));
    if (!read || !stamped || read->imprint != crypto::sha256(as_bytes(to_text(stamped->checkpoint))))
        return wrong_timestamp(stamp.size, "このチェックポイントのものではありません",
                               "it is not of that checkpoint");
    if (TRY(has_entry(database, stamp))) return {};
    return wrong_timestamp(stamp.size, "これを残した記録がありません", "no entry says that it was given");
}

Result<void> verify_timestamps(store::Database& database, VerifiedDatabase& out) {
    if (TRY(database.query_integer("select count(*) from sqlite_schema where name = 'timestamp'")) == 0)
        return {};
    for (const StoredTimestamp& stamp : TRY(all_timestamps(database))) {
        TRY(verify_timestamp(database, stamp));
        ++out.timestamps;
    }
    return {};
}

Result<VerifiedDatabase> verify_in_snapshot(store::Database& database) {
    VerifiedDatabase out;
    out.state = TRY(recompute(database));
    if (out.state.size == 0)
        return fail(ErrorKind::not_found, {"変更記録が一件もないため、確かめたものがありません。",
                                           "the ledger has no entries, so nothing was checked"});
    TRY(verify_checkpoints(database, out));
    TRY(verify_timestamps(database, out));
    return out;
}

}  // namespace

Result<VerifiedDatabase> verify_stored(store::Database& database) {
    const bool own = !database.in_transaction();
    if (own) TRY(database.execute("begin"));
    Result<VerifiedDatabase> verified = verify_in_snapshot(database);
    if (own) TRY(database.execute("rollback"));
    return verified;
}

}  // namespace maru::ledger
