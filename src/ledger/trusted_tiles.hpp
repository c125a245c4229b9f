// Hashes of a log out of tiles that somebody else stores: every tile is hashed up to the signed root before
// anything of it is used.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "ledger/proof.hpp"
#include "ledger/tile.hpp"

namespace maru::ledger {

// The hashes of a tile, exactly tile.width of them. A source that has only the full tile gives its first
// ones.
using TileSource = std::function<Result<std::vector<Hash>>(const Tile&)>;

// Reads single hashes out of tiles that are believed as they are (our own database). Keeps the tiles of one
// proof in memory.
class TileHashes {
public:
    TileHashes(std::uint64_t size, TileSource source) : size_(size), source_(std::move(source)) {}
    Result<Hash> operator()(int level, std::uint64_t index);  // std::ref(tiles) is a HashSource

private:
    std::uint64_t size_;
    TileSource source_;
    std::map<std::pair<int, std::uint64_t>, std::vector<Hash>> kept_;
};

class TrustedTiles {
public:
    // Size and root of a checkpoint whose signature was verified. Reads the right edge of the tree and
    // refuses (corrupt) when it does not hash to the root.
    static Result<TrustedTiles> open(std::uint64_t size, const Hash& root, TileSource source);

    // The tile's hashes; corrupt (named) when they do not hash to what the tile above says.
    Result<std::vector<Hash>> tile(int level, std::uint64_t index);
    Result<Hash> operator()(int level, std::uint64_t index);  // std::ref(tiles) is a HashSource

private:
    TrustedTiles(std::uint64_t size, TileSource source) : size_(size), source_(std::move(source)) {}
    std::uint64_t size_;
    TileSource source_;
    std::vector<std::vector<Hash>> edge_;
    std::map<std::pair<int, std::uint64_t>, std::vector<Hash>> kept_;
};

}  // namespace maru::ledger
