// Inclusion and consistency proofs of RFC 9162 section 2.1 (= RFC 6962). Pure: hashes come from a function.
// All sizes are below 2^63. Errors: invalid = an index or size out of range, corrupt = a proof that does not
// hold.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace maru::ledger {

// Root of the perfect subtree over entries [index * 2^level, (index + 1) * 2^level); level 0 is the leaf
// hash. Asked only for subtrees that lie completely inside the tree.
using HashSource = std::function<Result<Hash>(int level, std::uint64_t index)>;

using Proof = std::vector<Hash>;              // from the lowest sibling up to the child of the root
inline constexpr std::size_t max_proof = 63;  // hashes; enough below 2^62 entries

struct Range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::uint64_t size() const { return end - begin; }
    bool operator==(const Range&) const = default;
};

// True for the ranges that are nodes of some tree: begin is a multiple of the smallest power of two ≥ size.
bool is_subtree(const Range& range);

// MTH(D[begin:end]) of a subtree; {0, n} is the root of the tree of size n, {0, 0} of the empty one.
Result<Hash> root_of(const HashSource& hashes, const Range& subtree);

// PATH(index, D[0:size]); index < size. With a subtree: the path inside it.
Result<Proof> inclusion_proof(const HashSource& hashes, std::uint64_t index, std::uint64_t size);
Result<Proof> inclusion_proof(const HashSource& hashes, std::uint64_t index, const Range& subtree);

// PROOF(old_size, D[0:new_size]); old_size ≤ new_size; empty when old_size is 0 or both are equal. With a
// subtree: the subtree consistency proof of draft-ietf-plants-merkle-tree-certs section 4.4.
Result<Proof> consistency_proof(const HashSource& hashes, std::uint64_t old_size, std::uint64_t new_size);
Result<Proof> consistency_proof(const HashSource& hashes, const Range& subtree, std::uint64_t new_size);

// The root that a path leads to from a leaf (RFC 9162 section 2.1.3.2 without the comparison). corrupt when
// the path is too short or too long, invalid when index ≥ size.
Result<Hash> root_from_path(std::uint64_t index, std::uint64_t size, const Hash& leaf,
                            std::span<const Hash> path);

struct Inclusion {
    std::uint64_t index = 0;
    std::uint64_t size = 0;  // of the tree, from a signed checkpoint
    Hash leaf{};
    Hash root{};
};
// RFC 9162 section 2.1.3.2.
Result<void> verify_inclusion(const Inclusion& claim, std::span<const Hash> path);

struct Consistency {
    std::uint64_t old_size = 0;
    std::uint64_t new_size = 0;
    Hash old_root{};
    Hash new_root{};
};
// RFC 9162 section 2.1.4.2. Old size 0 holds with an empty proof (witness protocol) and proves nothing.
Result<void> verify_consistency(const Consistency& claim, std::span<const Hash> proof);

}  // namespace maru::ledger
