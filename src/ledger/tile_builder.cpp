#include "ledger/tile_builder.hpp"

#include <optional>

#include "ledger/tree.hpp"

namespace maru::ledger {

Hash root_of_tile(std::vector<Hash> hashes) {
    for (std::size_t width = hashes.size(); width > 1; width /= 2)
        for (std::size_t i = 0; i < width / 2; ++i) hashes[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
    return hashes.front();
}

// What lies right of a level's hashes is smaller than one of them, so it takes part as one more of them.
Hash root_of_edge(std::span<const std::vector<Hash>> edge) {
    std::optional<Hash> right;
    for (const std::vector<Hash>& hashes : edge) {
        if (hashes.empty()) continue;
        std::vector<Hash> level = hashes;
        if (right) level.push_back(*right);
        right = root_of(level);
    }
    return right.value_or(empty_root());
}

Hash TileBuilder::root() const { return root_of_edge(edge_); }

Result<void> TileBuilder::append(const Hash& leaf) {
    if (edge_.empty()) edge_.emplace_back().reserve(full_width);
    edge_[0].push_back(leaf);
    ++size_;
    if (edge_[0].size() == full_width) return complete(0);
    return {};
}

Result<void> TileBuilder::complete(std::size_t level) {
    const std::uint64_t index = (size_ >> (8 * (level + 1))) - 1;
    TRY(sink_({Content::hashes, static_cast<int>(level), index, full_width}, edge_[level]));
    const Hash root = root_of_tile(edge_[level]);
    edge_[level].clear();
    if (edge_.size() == level + 1) edge_.emplace_back().reserve(full_width);
    edge_[level + 1].push_back(root);
    if (edge_[level + 1].size() == full_width) return complete(level + 1);
    return {};
}

Result<void> TileBuilder::finish() {
    for (std::size_t level = 0; level < edge_.size(); ++level) {
        const int width = static_cast<int>(edge_[level].size());
        if (width == 0) continue;
        const std::uint64_t index = size_ >> (8 * (level + 1));
        TRY(sink_({Content::hashes, static_cast<int>(level), index, width}, edge_[level]));
    }
    return {};
}

}  // namespace maru::ledger
