#include "ledger/trusted_tiles.hpp"

#include <fmt/core.h>

#include "ledger/tile_builder.hpp"
#include "ledger/tree.hpp"

namespace maru::ledger {

namespace {

constexpr int bits_per_level = 8;
constexpr std::size_t most_kept = 64;  // tiles in memory

using Key = std::pair<int, std::uint64_t>;
using Kept = std::map<Key, std::vector<Hash>>;

const std::vector<Hash>& keep(Kept& kept, const Key& key, std::vector<Hash> hashes) {
    if (kept.size() >= most_kept) kept.clear();
    return kept.insert_or_assign(key, std::move(hashes)).first->second;
}

std::unexpected<Error> outside(int level, std::uint64_t index, std::uint64_t size) {
    return fail(ErrorKind::invalid,
                {fmt::format("段{}の{}番のハッシュは、{}件の木にありません。", level, index, size),
                 fmt::format("a tree of {} entries has no hash {} at level {}", size, index, level)});
}

std::unexpected<Error> differs(const Tile& tile) {
    return fail(
        ErrorKind::corrupt,
        {fmt::format("{}が、署名されたルートと合いません。変更記録が書き換えられています。", tile_path(tile)),
         fmt::format("{} does not hash to the signed root: the log was changed", tile_path(tile))});
}

Result<std::vector<Hash>> read(const TileSource& source, const Tile& tile) {
    auto hashes = TRY(source(tile));
    if (hashes.size() == static_cast<std::size_t>(tile.width)) return hashes;
    return fail(ErrorKind::corrupt, {fmt::format("{}のハッシュの数が違います。", tile_path(tile)),
                                     fmt::format("{} has the wrong number of hashes", tile_path(tile))});
}

// The perfect subtree that spans hashes [index * 2^height, …) of a level, out of the tile with them.
struct Place {
    int tile_level;
    std::uint64_t tile_index;
    std::size_t from;
    std::size_t count;
};

Place place_of(int level, std::uint64_t index) {
    const int height = level % bits_per_level;
    const std::uint64_t first = index << height;
    return {level / bits_per_level, first / full_width, static_cast<std::size_t>(first % full_width),
            std::size_t{1} << height};
}

bool inside(std::uint64_t size, int level, std::uint64_t index) {
    return level >= 0 && level < 63 && index < (size >> level);
}

Hash root_of_part(const std::vector<Hash>& tile, const Place& place) {
    return root_of(std::span(tile).subspan(place.from, place.count));
}

}  // namespace

Result<Hash> TileHashes::operator()(int level, std::uint64_t index) {
    if (!inside(size_, level, index)) return outside(level, index, size_);
    const Place place = place_of(level, index);
    const Key key{place.tile_level, place.tile_index};
    if (const auto found = kept_.find(key); found != kept_.end()) return root_of_part(found->second, place);
    auto hashes = TRY(read(source_, tile_at(size_, place.tile_level, place.tile_index)));
    return root_of_part(keep(kept_, key, std::move(hashes)), place);
}

Result<TrustedTiles> TrustedTiles::open(std::uint64_t size, const Hash& root, TileSource source) {
    TrustedTiles tiles(size, std::move(source));
    for (int level = 0; hashes_at(size, level) > 0; ++level) {
        auto& hashes = tiles.edge_.emplace_back();
        if (hashes_at(size, level) % full_width == 0) continue;  // its last tile is full, and above it
        hashes = TRY(read(tiles.source_, tile_at(size, level, tiles_at(size, level) - 1)));
    }
    if (root_of_edge(tiles.edge_) == root) return tiles;
    return fail(ErrorKind::corrupt,
                {"右端のタイルが、署名されたルートと合いません。変更記録が書き換えられています。",
                 "the tiles at the right edge do not hash to the signed root: the log was changed"});
}

Result<std::vector<Hash>> TrustedTiles::tile(int level, std::uint64_t index) {
    if (level < 0 || index >= tiles_at(size_, level)) return outside(level * bits_per_level, index, size_);
    const Tile tile = tile_at(size_, level, index);
    if (tile.width < full_width) return edge_[static_cast<std::size_t>(level)];
    if (const auto found = kept_.find({level, index}); found != kept_.end()) return found->second;
    auto hashes = TRY(read(source_, tile));
    const std::vector<Hash> above = TRY(this->tile(level + 1, index / full_width));
    if (root_of_tile(hashes) != above[index % full_width]) return differs(tile);
    return keep(kept_, {level, index}, std::move(hashes));
}

Result<Hash> TrustedTiles::operator()(int level, std::uint64_t index) {
    if (!inside(size_, level, index)) return outside(level, index, size_);
    const Place place = place_of(level, index);
    return root_of_part(TRY(tile(place.tile_level, place.tile_index)), place);
}

}  // namespace maru::ledger
