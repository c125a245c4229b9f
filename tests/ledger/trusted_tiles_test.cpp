#include "ledger/trusted_tiles.hpp"

#include <gtest/gtest.h>

#include "memory_log.hpp"
#include "vectors.hpp"

namespace maru::ledger {
namespace {

MemoryLog::Files files_of(const MemoryLog& log) { return log.files(signing_key("neumann")); }

TEST(TileHashes, GiveTheProofsOfTheTree) {
    const MemoryLog log = MemoryLog::decimals(70000);
    const auto files = files_of(log);
    TileHashes hashes(log.size(), tiles_of(files));
    for (const std::uint64_t index : {0u, 255u, 256u, 65535u, 65536u, 69887u, 69888u, 69999u}) {
        const auto proof = inclusion_proof(std::ref(hashes), index, log.size());
        ASSERT_TRUE(proof) << index;
        EXPECT_EQ(*proof, *inclusion_proof(log.hashes(), index, log.size())) << index;
    }
    EXPECT_EQ(*consistency_proof(std::ref(hashes), 65537, 70000),
              *consistency_proof(log.hashes(), 65537, 70000));
    EXPECT_EQ(hashes(16, 1).error().kind, ErrorKind::invalid);  // not complete at this size
    EXPECT_EQ(hashes(0, 70000).error().kind, ErrorKind::invalid);
}

TEST(TrustedTiles, GiveTheProofsOfTheTreeAtEverySizeAroundTileBorders) {
    for (const int size : {1, 2, 255, 256, 257, 511, 512, 65535, 65536, 65537}) {
        const MemoryLog log = MemoryLog::decimals(size);
        const auto files = files_of(log);
        auto tiles = TrustedTiles::open(log.size(), log.root(), tiles_of(files));
        ASSERT_TRUE(tiles) << size;
        for (const std::uint64_t index : {std::uint64_t{0}, log.size() / 2, log.size() - 1})
            EXPECT_EQ(*inclusion_proof(std::ref(*tiles), index, log.size()),
                      *inclusion_proof(log.hashes(), index, log.size()))
                << index << " of " << size;
    }
}

TEST(TrustedTiles, OfAnEmptyLogNeedNoTiles) {
    const MemoryLog log;
    const MemoryLog::Files files;
    EXPECT_TRUE(TrustedTiles::open(0, empty_root(), tiles_of(files)));
    EXPECT_FALSE(TrustedTiles::open(0, Hash{}, tiles_of(files)));
}

// Whoever changes any single hash of any tile is found out before a hash of that tile is used.
TEST(TrustedTiles, RefuseEveryTileWithOneChangedHash) {
    const MemoryLog log = MemoryLog::decimals(66000);
    const auto honest = files_of(log);
    std::size_t tried = 0;
    for (const auto& [path, bytes] : honest) {
        const auto tile = parse_tile_path(path);
        if (!tile || tile->content == Content::entries) continue;
        auto files = honest;
        files[path][bytes.size() - 1] ^= 1;
        auto tiles = TrustedTiles::open(log.size(), log.root(), tiles_of(files));
        if (tiles) EXPECT_EQ(tiles->tile(tile->level, tile->index).error().kind, ErrorKind::corrupt) << path;
        ++tried;
    }
    EXPECT_EQ(tried, 258u + 2u + 1u);
}

// The hole of readers that believe a tile because a neighbour was checked: entry and leaf hash changed
// together.
TEST(TrustedTiles, DoNotBelieveAForgedLeafBesideAnHonestOne) {
    const MemoryLog log = MemoryLog::decimals(70000);
    auto files = files_of(log);
    const Hash forged = leaf_hash(as_bytes("forged"));
    std::ranges::copy(forged, files["tile/0/001"].begin() + 44 * 32);
    auto tiles = TrustedTiles::open(log.size(), log.root(), tiles_of(files));
    ASSERT_TRUE(tiles);
    EXPECT_TRUE((*tiles)(0, 200));
    const auto refused = (*tiles)(0, 300);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.en.find("tile/0/001"), std::string::npos);
    EXPECT_FALSE((*tiles)(0, 256));
    EXPECT_FALSE((*tiles)(7, 2));
}

TEST(TrustedTiles, OfAnotherRootOrSizeAreRefused) {
    const MemoryLog log = MemoryLog::decimals(300);
    const auto files = files_of(log);
    EXPECT_EQ(TrustedTiles::open(300, log.root(299), tiles_of(files)).error().kind, ErrorKind::corrupt);
    EXPECT_EQ(TrustedTiles::open(256, log.root(), tiles_of(files)).error().kind, ErrorKind::corrupt);
    EXPECT_EQ(TrustedTiles::open(301, log.root(), tiles_of(files)).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace maru::ledger
