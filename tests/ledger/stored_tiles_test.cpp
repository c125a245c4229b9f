#include "ledger/stored_tiles.hpp"

#include "ledger/proof.hpp"
#include "stored_log.hpp"

namespace maru::ledger {
namespace {

using StoredTilesTest = StoredLogTest;

TEST_F(StoredTilesTest, RootsOfEverySizeAreThoseOfTheLeaves) {
    append(700);
    for (const std::size_t size : {0U, 1U, 2U, 3U, 255U, 256U, 257U, 511U, 512U, 513U, 699U, 700U}) {
        EXPECT_EQ(*root_at(database, static_cast<std::int64_t>(size)), root_of_first(size)) << size;
        const Result<Frontier> frontier = frontier_at(database, size);
        ASSERT_TRUE(frontier) << frontier.error().message.en;
        EXPECT_EQ(frontier->size(), size);
        EXPECT_EQ(frontier->root(), root_of_first(size)) << size;
    }
}

TEST_F(StoredTilesTest, ProofsFromTheDatabaseHold) {
    append(600);
    const HashSource hashes = stored_hashes(database, 600);
    const Hash root = root_of_first(600);
    for (const std::uint64_t index : {0U, 255U, 256U, 300U, 599U}) {
        const Proof path = *inclusion_proof(hashes, index, 600);
        EXPECT_TRUE(verify_inclusion({index, 600, leaves()[index], root}, path)) << index;
    }
    const Proof proof = *consistency_proof(hashes, 257, 600);
    EXPECT_TRUE(verify_consistency({257, 600, root_of_first(257), root}, proof));
}

TEST_F(StoredTilesTest, ATileHasExactlyItsHashesAndABundleItsEntries) {
    append(513);
    EXPECT_EQ(stored_tile(database, tile_at(513, 0, 2))->size(), 1u);
    const std::vector<Hash> all = leaves();
    EXPECT_EQ(*stored_tile(database, tile_at(513, 0, 1)),
              std::vector<Hash>(all.begin() + 256, all.begin() + 512));
    const auto upper = *stored_tile(database, tile_at(513, 1, 0));
    EXPECT_THAT(upper, testing::ElementsAre(root_between(0, 256), root_between(256, 512)));
    const Bytes bundle = *stored_bundle(database, bundle_at(513, 2));
    const auto entries = *parse_bundle(bundle, 1);
    EXPECT_EQ(leaf_hash(entries[0]), leaves()[512]);
}

TEST_F(StoredTilesTest, WhatIsNotThereIsNotFound) {
    append(257);
    for (const char* path :
         {"tile/0/001", "tile/0/002.p/1", "tile/0/001.p/2", "tile/2/000.p/1", "tile/entries/001",
          "tile/entries/000.p/0", "tile/0/0", "checkpoint", "../keys/log.key", "tile/0/000/"})
        EXPECT_EQ(stored_file(database, path).error().kind, ErrorKind::not_found) << path;
    for (const char* path : {"tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1", "tile/entries/000"})
        EXPECT_TRUE(stored_file(database, path)) << path;
}

}  // namespace
}  // namespace maru::ledger
