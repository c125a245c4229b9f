#include "ledger/proof.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <bit>

#include "crypto/hash.hpp"
#include "memory_log.hpp"
#include "vectors.hpp"

namespace maru::ledger {
namespace {

std::vector<std::string> hexes(const Proof& proof) {
    std::vector<std::string> out;
    for (const Hash& hash : proof) out.push_back(hex(hash));
    return out;
}

std::string joined(const Proof& proof) {
    std::string out;
    for (const Hash& hash : proof) out += " " + hex(hash);
    return out + "\n";
}

std::string rolled(const std::string& lines) { return hex(crypto::sha256(as_bytes(lines))); }

MemoryLog reference_tree() {
    std::vector<Bytes> leaves;
    for (const std::string& leaf : all_of(read_vectors("tree.txt"), "tree_leaf"))
        leaves.push_back(*parse_hex(leaf));
    return MemoryLog(std::move(leaves));
}

bool included(const MemoryLog& log, std::uint64_t index, std::uint64_t size, const Proof& proof) {
    return verify_inclusion({index, size, log.leaf(index), log.root(size)}, proof).has_value();
}

bool consistent(const MemoryLog& log, std::uint64_t from, std::uint64_t to, const Proof& proof) {
    return verify_consistency({from, to, log.root(from), log.root(to)}, proof).has_value();
}

TEST(ReferenceTree, HasThePublicInclusionProofs) {
    const MemoryLog log = reference_tree();
    const Vectors vectors = read_vectors("tree.txt");
    for (const auto& [index, size] : {std::pair{0, 8}, {5, 8}, {2, 3}, {1, 5}}) {
        const auto i = static_cast<std::uint64_t>(index), n = static_cast<std::uint64_t>(size);
        const Proof proof = *inclusion_proof(log.hashes(), i, n);
        EXPECT_EQ(hexes(proof), all_of(vectors, fmt::format("inclusion/{}/{}", index, size)));
        EXPECT_TRUE(included(log, i, n, proof));
    }
}

TEST(ReferenceTree, HasThePublicConsistencyProofs) {
    const MemoryLog log = reference_tree();
    const Vectors vectors = read_vectors("tree.txt");
    for (const auto& [from, to] : {std::pair{1, 8}, {6, 8}, {2, 5}}) {
        const auto m = static_cast<std::uint64_t>(from), n = static_cast<std::uint64_t>(to);
        const Proof proof = *consistency_proof(log.hashes(), m, n);
        EXPECT_EQ(hexes(proof), all_of(vectors, fmt::format("consistency/{}/{}", from, to)));
        EXPECT_TRUE(consistent(log, m, n, proof));
    }
}

constexpr std::uint64_t most = 130;

TEST(RollingProofs, OfWholeTreesAreThePublishedHashesAndHold) {
    const MemoryLog log = MemoryLog::single_bytes(most);
    std::string inclusions, consistencies;
    for (std::uint64_t n = 1; n <= most; ++n) {
        for (std::uint64_t i = 0; i < n; ++i) {
            const Proof proof = *inclusion_proof(log.hashes(), i, n);
            inclusions += fmt::format("{} {}", i, n) + joined(proof);
            EXPECT_TRUE(included(log, i, n, proof)) << i << " in " << n;
        }
        for (std::uint64_t m = 1; m <= n; ++m) {
            const Proof proof = *consistency_proof(log.hashes(), m, n);
            consistencies += fmt::format("{} {}", m, n) + joined(proof);
            EXPECT_TRUE(consistent(log, m, n, proof)) << m << " to " << n;
        }
    }
    EXPECT_EQ(rolled(inclusions), vector("rolling_inclusion"));
    EXPECT_EQ(rolled(consistencies), vector("rolling_consistency"));
}

std::vector<Range> subtrees_ending_at(std::uint64_t end) {
    std::vector<Range> out;
    for (std::uint64_t begin = 0; begin <= end; ++begin)
        if (is_subtree({begin, end})) out.push_back({begin, end});
    return out;
}

TEST(RollingProofs, OfSubtreesAreThoseOfTheDraft) {
    const MemoryLog log = MemoryLog::single_bytes(most);
    std::string roots, inclusions;
    for (std::uint64_t end = 0; end <= most; ++end)
        for (const Range& range : subtrees_ending_at(end)) {
            const std::string name = fmt::format("[{}, {})", range.begin, range.end);
            roots += fmt::format("{} {}\n", name, hex(*root_of(log.hashes(), range)));
            for (std::uint64_t i = range.begin; i < range.end; ++i)
                inclusions +=
                    fmt::format("{} {}", i, name) + joined(*inclusion_proof(log.hashes(), i, range));
        }
    EXPECT_EQ(rolled(roots), vector("subtree_roots"));
    EXPECT_EQ(rolled(inclusions), vector("subtree_inclusion"));
}

TEST(RollingProofs, OfSubtreeConsistencyAreThoseOfTheDraft) {
    const MemoryLog log = MemoryLog::single_bytes(most);
    std::string lines;
    for (std::uint64_t n = 0; n <= most; ++n)
        for (std::uint64_t end = 0; end <= n; ++end)
            for (const Range& range : subtrees_ending_at(end))
                lines += fmt::format("[{}, {}) {}", range.begin, range.end, n) +
                         joined(*consistency_proof(log.hashes(), range, n));
    EXPECT_EQ(rolled(lines), vector("subtree_consistency"));
}

// A proof must hold for exactly one statement.
TEST(InclusionProof, HoldsForNothingElse) {
    const MemoryLog log = MemoryLog::single_bytes(21);
    for (std::uint64_t n = 1; n <= 21; ++n)
        for (std::uint64_t i = 0; i < n; ++i) {
            const Proof proof = *inclusion_proof(log.hashes(), i, n);
            for (std::uint64_t j = 0; j < n; ++j) {
                EXPECT_EQ(verify_inclusion({i, n, log.leaf(j), log.root(n)}, proof).has_value(), i == j);
                EXPECT_EQ(verify_inclusion({j, n, log.leaf(i), log.root(n)}, proof).has_value(), i == j);
            }
            for (std::uint64_t m = 1; m <= 21; ++m)
                EXPECT_EQ(verify_inclusion({i, n, log.leaf(i), log.root(m)}, proof).has_value(), m == n);
        }
}

TEST(InclusionProof, IsRefusedWhenTooShortTooLongOrChanged) {
    const MemoryLog log = MemoryLog::single_bytes(21);
    for (std::uint64_t i = 0; i < 21; ++i) {
        const Proof proof = *inclusion_proof(log.hashes(), i, 21);
        Proof longer = proof;
        longer.push_back(proof.front());
        EXPECT_FALSE(included(log, i, 21, longer));
        EXPECT_FALSE(included(log, i, 21, Proof(proof.begin() + 1, proof.end())));
        EXPECT_FALSE(included(log, i, 21, Proof(proof.begin(), proof.end() - 1)));
        for (std::size_t j = 0; j < proof.size(); ++j) {
            Proof changed = proof;
            changed[j][31] ^= 1;
            EXPECT_FALSE(included(log, i, 21, changed));
        }
    }
}

TEST(InclusionProof, OfAnIndexOutsideTheTreeIsRefused) {
    const MemoryLog log = MemoryLog::single_bytes(5);
    EXPECT_EQ(inclusion_proof(log.hashes(), 5, 5).error().kind, ErrorKind::invalid);
    EXPECT_EQ(inclusion_proof(log.hashes(), 0, 0).error().kind, ErrorKind::invalid);
    EXPECT_EQ(verify_inclusion({5, 5, log.leaf(0), log.root()}, {}).error().kind, ErrorKind::invalid);
    EXPECT_EQ(verify_inclusion({0, 0, log.leaf(0), log.root(0)}, {}).error().kind, ErrorKind::invalid);
    EXPECT_EQ(verify_inclusion({0, ~std::uint64_t{0}, log.leaf(0), log.root()}, {}).error().kind,
              ErrorKind::invalid);
    EXPECT_TRUE(verify_inclusion({0, 1, log.leaf(0), log.root(1)}, {}));
}

TEST(ConsistencyProof, HoldsForNothingElse) {
    const MemoryLog log = MemoryLog::single_bytes(21);
    const MemoryLog other = MemoryLog::decimals(21);
    for (std::uint64_t n = 1; n <= 21; ++n)
        for (std::uint64_t m = 1; m < n; ++m) {
            const Proof proof = *consistency_proof(log.hashes(), m, n);
            EXPECT_FALSE(verify_consistency({m, n, other.root(m), log.root(n)}, proof)) << m << " " << n;
            EXPECT_FALSE(verify_consistency({m, n, log.root(m), other.root(n)}, proof)) << m << " " << n;
            for (std::size_t j = 0; j < proof.size(); ++j) {
                Proof changed = proof;
                changed[j][0] ^= 1;
                EXPECT_FALSE(consistent(log, m, n, changed));
            }
            Proof longer = proof;
            longer.push_back(proof.back());
            EXPECT_FALSE(consistent(log, m, n, longer));
            EXPECT_FALSE(consistent(log, m, n, Proof(proof.begin(), proof.end() - 1)));
        }
}

TEST(ConsistencyProof, OfEqualSizesAndOfNothingIsEmpty) {
    const MemoryLog log = MemoryLog::single_bytes(7);
    EXPECT_TRUE(consistency_proof(log.hashes(), 7, 7)->empty());
    EXPECT_TRUE(consistency_proof(log.hashes(), 0, 7)->empty());
    EXPECT_TRUE(consistent(log, 7, 7, {}));
    EXPECT_TRUE(consistent(log, 0, 7, {}));
    EXPECT_FALSE(consistent(log, 7, 7, {log.leaf(0)}));
    EXPECT_FALSE(consistent(log, 0, 7, {log.leaf(0)}));
    EXPECT_FALSE(consistent(log, 3, 7, {}));
    EXPECT_FALSE(verify_consistency({7, 7, log.root(7), log.root(6)}, {}));
}

TEST(ConsistencyProof, CannotLeadBackwards) {
    const MemoryLog log = MemoryLog::single_bytes(7);
    EXPECT_EQ(consistency_proof(log.hashes(), 7, 5).error().kind, ErrorKind::invalid);
    EXPECT_EQ(verify_consistency({7, 5, log.root(7), log.root(5)}, {}).error().kind, ErrorKind::invalid);
}

TEST(Subtrees, AreTheRangesThatSomeTreeHasAsNode) {
    EXPECT_TRUE(is_subtree({0, 0}));
    EXPECT_TRUE(is_subtree({0, 5}));
    EXPECT_TRUE(is_subtree({8, 13}));
    EXPECT_FALSE(is_subtree({4, 9}));
    EXPECT_FALSE(is_subtree({3, 2}));
    EXPECT_EQ(root_of(MemoryLog::single_bytes(9).hashes(), {4, 9}).error().kind, ErrorKind::invalid);
}

// Only the shape counts here, so every subtree has the same made-up hash.
TEST(LargestTrees, HaveProofsOfAtMost63Hashes) {
    const HashSource same = [](int, std::uint64_t) -> Result<Hash> { return Hash{}; };
    const std::uint64_t size = (std::uint64_t{1} << 62) - 1;
    const Proof inclusion = *inclusion_proof(same, size / 3, size);
    EXPECT_LE(inclusion.size(), max_proof);
    EXPECT_TRUE(root_from_path(size / 3, size, Hash{}, inclusion));
    EXPECT_EQ(consistency_proof(same, size / 2 + 2, size)->size(), max_proof);
    EXPECT_FALSE(root_of(same, {0, std::uint64_t{1} << 63}));
}

}  // namespace
}  // namespace maru::ledger
