#include "ledger/tree.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <bit>

#include "crypto/hash.hpp"
#include "vectors.hpp"

namespace maru::ledger {
namespace {

Hash plain_hash(std::string_view text) {
    Hash out{};
    std::ranges::copy(as_bytes(text), out.begin());
    return out;
}

TEST(Hasher, HasThePublicVectors) {
    EXPECT_EQ(hex(empty_root()), vector("empty"));
    EXPECT_EQ(hex(leaf_hash(ByteView{})), vector("leaf_of_nothing"));
    EXPECT_EQ(hex(leaf_hash(as_bytes("L123456"))), vector("leaf_of_L123456"));
}

TEST(Hasher, SeparatesNodesFromLeaves) {
    // The public node vector hashes two short strings; ours takes whole hashes, so it is compared by its
    // definition.
    const ByteView short_parts[] = {as_bytes("\x01"), as_bytes("N123"), as_bytes("N456")};
    EXPECT_EQ(hex(crypto::sha256(short_parts)), vector("node_of_N123_N456"));
    const Hash left = plain_hash("left"), right = plain_hash("right");
    const ByteView parts[] = {as_bytes("\x01"), left, right};
    EXPECT_EQ(node_hash(left, right), crypto::sha256(parts));
    EXPECT_NE(node_hash(left, right), node_hash(right, left));
}

TEST(ReferenceTree, HasThePublicRoots) {
    const auto vectors = read_vectors("tree.txt");
    std::vector<Hash> leaves;
    Frontier frontier;
    std::vector<Node> completed;
    const auto [first, last] = vectors.equal_range("tree_leaf");
    for (auto leaf = first; leaf != last; ++leaf) {
        leaves.push_back(leaf_hash(*parse_hex(leaf->second)));
        frontier.append(leaves.back(), completed);
        const std::string expected = vector(fmt::format("tree/{}", leaves.size()));
        EXPECT_EQ(hex(root_of(leaves)), expected);
        EXPECT_EQ(hex(frontier.root()), expected);
    }
    EXPECT_EQ(leaves.size(), 8u);
}

TEST(RollingRoots, OfRecursionAndFrontierAreThePublishedHash) {
    std::vector<Hash> leaves;
    Frontier frontier;
    std::vector<Node> completed;
    std::string by_recursion, by_frontier;
    for (int n = 0; n <= 130; ++n) {
        by_recursion += fmt::format("{} {}\n", n, hex(root_of(leaves)));
        by_frontier += fmt::format("{} {}\n", n, hex(frontier.root()));
        leaves.push_back(leaf_hash(Bytes{static_cast<std::uint8_t>(n)}));
        frontier.append(leaves.back(), completed);
    }
    EXPECT_EQ(hex(crypto::sha256(as_bytes(by_recursion))), vector("rolling_roots"));
    EXPECT_EQ(hex(crypto::sha256(as_bytes(by_frontier))), vector("rolling_roots"));
}

TEST(LargeTree, HasThePublishedRootsAndTiles) {
    const auto vectors = read_vectors("tree.txt");
    Frontier frontier;
    std::vector<Node> completed;
    std::size_t compared = 0;
    for (int i = 0; i < 70000; ++i) {
        frontier.append(leaf_hash(as_bytes(std::to_string(i))), completed);
        const auto expected = vectors.find(fmt::format("decimal/{}", i + 1));
        if (expected == vectors.end()) continue;
        EXPECT_EQ(hex(frontier.root()), expected->second) << i + 1;
        ++compared;
    }
    EXPECT_EQ(compared, 7u);
    Bytes tile_1, tile_2;
    for (const Node& node : completed) {
        if (node.level == 8 && node.index < 256)
            tile_1.insert(tile_1.end(), node.hash.begin(), node.hash.end());
        if (node.level == 16) tile_2.insert(tile_2.end(), node.hash.begin(), node.hash.end());
    }
    EXPECT_EQ(completed.size(), 273u + 1u);
    EXPECT_EQ(hex(crypto::sha256(tile_1)), vector("sha256/tile/1/000"));
    EXPECT_EQ(hex(crypto::sha256(tile_2)), vector("sha256/tile/2/000.p/1"));
}

TEST(FrontierBytes, AreReadBackAtEverySize) {
    Frontier frontier;
    std::vector<Node> completed;
    for (int n = 0; n < 40; ++n) {
        const Result<Frontier> read = Frontier::from_bytes(frontier.size(), frontier.bytes());
        ASSERT_TRUE(read) << n;
        EXPECT_EQ(read->root(), frontier.root());
        EXPECT_EQ(read->bytes().size(), 32u * static_cast<unsigned>(std::popcount(frontier.size())));
        frontier.append(leaf_hash(as_bytes(std::to_string(n))), completed);
    }
}

TEST(FrontierBytes, OfAnotherSizeAreRefused) {
    EXPECT_EQ(Frontier::from_bytes(3, Bytes(32)).error().kind, ErrorKind::corrupt);
    EXPECT_EQ(Frontier::from_bytes(0, Bytes(32)).error().kind, ErrorKind::corrupt);
    EXPECT_EQ(Frontier::from_bytes(4, Bytes(31)).error().kind, ErrorKind::corrupt);
}

}  // namespace
}  // namespace maru::ledger
