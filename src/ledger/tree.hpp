// Pure Merkle tree maths of RFC 6962 section 2.1 (= RFC 9162 section 2.1). No I/O.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace maru::ledger {

Hash empty_root();                                    // SHA-256("")
Hash leaf_hash(ByteView entry);                       // SHA-256(0x00 || entry)
Hash node_hash(const Hash& left, const Hash& right);  // SHA-256(0x01 || left || right)
Hash root_of(std::span<const Hash> leaves);  // MTH, recursive: the judge in tests, and for small trees

// A stored node: MTH of entries [index * 2^level, (index + 1) * 2^level). Levels 8, 16, 24 … are kept (tile
// content).
struct Node {
    int level;
    std::uint64_t index;
    Hash hash;
};

// Roots of the perfect subtrees, left to right, one per set bit of `size`.
class Frontier {
public:
    Frontier() = default;
    static Result<Frontier> from_bytes(std::uint64_t size, ByteView bytes);
    std::uint64_t size() const { return size_; }
    Hash root() const;
    Bytes bytes() const;
    // Appends a leaf; nodes of levels 8, 16, 24 … that this completes are added to `completed`.
    void append(const Hash& leaf, std::vector<Node>& completed);

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> stack_;
};

}  // namespace maru::ledger
