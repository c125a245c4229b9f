#include "ledger/stored_tiles.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <memory>

#include "damage/messages.hpp"
#include "ledger/stored_checkpoints.hpp"

namespace maru::ledger {

namespace {

constexpr int bits_per_level = 8;

std::unexpected<Error> not_stored(const Tile& tile) {
    return fail(ErrorKind::not_found, {fmt::format("変更記録簿に {} はありません。", tile_path(tile)),
                                       fmt::format("the log has no {}", tile_path(tile))});
}

std::unexpected<Error> no_such_file(const std::string& path) {
    return fail(ErrorKind::not_found, {fmt::format("変更記録簿に {} というファイルはありません。", path),
                                       fmt::format("the log has no file {}", path)});
}

std::int64_t first_of(const Tile& tile) { return static_cast<std::int64_t>(tile.index) * full_width; }

// What the tile's elements are stored as, from its first one on, as many as it has.
Result<store::Statement*> rows_of(store::Database& database, const Tile& tile) {
    store::Statement* rows = nullptr;
    if (tile.content == Content::entries)
        rows = TRY(database.cached("select idx, body from entry where idx >= ?1 and idx < ?2 order by idx"));
    else if (tile.level == 0)
        rows = TRY(database.cached("select idx, leaf from entry where idx >= ?1 and idx < ?2 order by idx"));
    else
        rows = TRY(database.cached(
            "select idx, hash from node where level = ?3 and idx >= ?1 and idx < ?2 order by idx"));
    rows->bind(1, first_of(tile)).bind(2, first_of(tile) + tile.width);
    if (tile.content == Content::hashes && tile.level > 0)
        rows->bind(3, std::int64_t{bits_per_level * tile.level});
    return rows;
}

// Calls `take` for each of the tile's elements; not_found unless all of them are stored.
template <class Take>
Result<void> for_each_element(store::Database& database, const Tile& tile, Take&& take) {
    store::Statement* rows = TRY(rows_of(database, tile));
    std::int64_t next = first_of(tile);
    while (const std::optional<store::Row> row = TRY(rows->step())) {
        if (row->integer(0) != next++) break;
        if (const Result<void> taken = take(row->blob(1)); !taken) {
            rows->reset();
            return taken;
        }
    }
    rows->reset();
    if (next != first_of(tile) + tile.width) return not_stored(tile);
    return {};
}

}  // namespace

Result<std::vector<Hash>> stored_tile(store::Database& database, const Tile& tile) {
    std::vector<Hash> hashes;
    hashes.reserve(static_cast<std::size_t>(tile.width));
    const auto take = [&](ByteView stored) -> Result<void> {
        Hash& hash = hashes.emplace_back();
        if (stored.size() != hash.size())
            return damaged_ledger(tile_path(tile) + " のハッシュの長さが違います",
                                  "a hash of " + tile_path(tile) + " has the wrong length");
        std::ranges::copy(stored, hash.begin());
        return {};
    };
    TRY(for_each_element(database, tile, take));
    return hashes;
}

Result<Bytes> stored_bundle(store::Database& database, const Tile& bundle) {
    Bytes bytes;
    TRY(for_each_element(database, bundle, [&](ByteView body) { return append_entry(bytes, body); }));
    return bytes;
}

TileSource stored_tiles(store::Database& database) {
    return [&database](const Tile& tile) { return stored_tile(database, tile); };
}

HashSource stored_hashes(store::Database& database, std::uint64_t size) {
    const auto tiles =
        std::make_shared<TileHashes>(size, stored_tiles(database));  // a function must be copyable
    return [tiles](int level, std::uint64_t index) { return (*tiles)(level, index); };
}

Result<Bytes> stored_file(store::Database& database, const std::string& path) {
    if (path == "checkpoint") {
        const auto newest = TRY(newest_checkpoint(database));
        if (!newest) return no_such_file(path);
        const std::string note = TRY(published_note(database, *newest));
        return Bytes(note.begin(), note.end());
    }
    const Result<Tile> tile = parse_tile_path(path);
    if (!tile) return no_such_file(path);
    if (tile->content == Content::entries) return stored_bundle(database, *tile);
    return tile_bytes(TRY(stored_tile(database, *tile)));
}

Result<Frontier> frontier_at(store::Database& database, std::uint64_t size) {
    const HashSource hashes = stored_hashes(database, size);
    Bytes stack;
    for (int level = 62; level >= 0; --level) {
        if ((size >> level & 1) == 0) continue;
        const Hash hash = TRY(hashes(level, (size >> level) - 1));
        stack.insert(stack.end(), hash.begin(), hash.end());
    }
    return Frontier::from_bytes(size, stack);
}

}  // namespace maru::ledger
