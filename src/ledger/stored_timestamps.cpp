#include "ledger/stored_timestamps.hpp"

#include <fmt/core.h>

#include "crypto/hash.hpp"

namespace maru::ledger {

namespace {

StoredTimestamp timestamp_in(const store::Row& row) {
    const ByteView request = row.blob(1), response = row.blob(2);
    return {static_cast<std::uint64_t>(row.integer(0)),
            {request.begin(), request.end()},
            {response.begin(), response.end()}};
}

}  // namespace

std::string timestamp_note(const StoredTimestamp& timestamp) {
    return fmt::format("size {} sha256 {}", timestamp.size, hex(crypto::sha256(timestamp.response)));
}

Result<std::vector<StoredTimestamp>> all_timestamps(store::Database& database) {
    store::Statement query = TRY(database.prepare("select size, tsq, tsr from timestamp order by size"));
    std::vector<StoredTimestamp> all;
    while (const std::optional<store::Row> row = TRY(query.step())) all.push_back(timestamp_in(*row));
    return all;
}

Result<std::optional<StoredTimestamp>> newest_timestamp(store::Database& database) {
    store::Statement query =
        TRY(database.prepare("select size, tsq, tsr from timestamp order by size desc limit 1"));
    const std::optional<store::Row> row = TRY(query.step());
    return row ? std::optional(timestamp_in(*row)) : std::nullopt;
}

Result<std::int64_t> store_timestamp(store::Database& database, Log& log, const StoredTimestamp& timestamp,
                                     Instant now) {
    store::Statement* insert =
        TRY(database.cached("insert or ignore into timestamp (size, tsq, tsr) values (?1, ?2, ?3)"));
    insert->bind(1, static_cast<std::int64_t>(timestamp.size))
        .bind(2, ByteView(timestamp.request))
        .bind(3, ByteView(timestamp.response));
    TRY(insert->run());
    if (database.changes() == 0)
        return fail(ErrorKind::conflict,
                    {fmt::format("{} 件のチェックポイントには、別の実行が先にタイムスタンプを得ました。",
                                 timestamp.size),
                     fmt::format("another run has had the checkpoint of {} entries stamped meanwhile",
                                 timestamp.size)});
    Entry entry;
    entry.kind = "timestamp";
    entry.at = now;
    entry.note = timestamp_note(timestamp);
    return log.append(database, std::move(entry));
}

}  // namespace maru::ledger
