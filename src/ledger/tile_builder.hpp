// Builds all tiles of hashes of a log from its leaves, in order: to write them, or to compare them.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "ledger/tile.hpp"

namespace maru::ledger {

class TileBuilder {
public:
    // Called for each tile as soon as it is complete, for the partial ones at the end.
    using Sink = std::function<Result<void>(const Tile&, std::span<const Hash>)>;
    explicit TileBuilder(Sink sink) : sink_(std::move(sink)) {}

    Result<void> append(const Hash& leaf);
    Result<void> finish();  // the partial tiles of the right edge; afterwards the builder is used up
    std::uint64_t size() const { return size_; }
    Hash root() const;

private:
    Result<void> complete(std::size_t level);

    Sink sink_;
    std::uint64_t size_ = 0;
    std::vector<std::vector<Hash>> edge_;  // per level the hashes of the tile that is not full yet
};

// Root of a tree from the partial tiles of its right edge, level 0 first (a level without one is empty).
Hash root_of_edge(std::span<const std::vector<Hash>> edge);
// Root of a full tile: the element that it is in the tile above.
Hash root_of_tile(std::vector<Hash> hashes);

}  // namespace maru::ledger
