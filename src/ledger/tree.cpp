#include "ledger/tree.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "crypto/hash.hpp"

namespace maru::ledger {

namespace {

constexpr std::size_t hash_size = std::tuple_size_v<Hash>;
constexpr int levels_per_tile = 8;
constexpr std::array<std::uint8_t, 1> leaf_prefix{0};

std::unexpected<Error> bad_frontier() {
    return fail(ErrorKind::corrupt,
                {"変更記録簿の状態（frontier）の長さが件数と合いません。バックアップから復元してください。",
                 "the ledger's frontier does not fit its size; restore the database from a backup"});
}

}  // namespace

Hash empty_root() { return crypto::sha256(ByteView{}); }

Hash leaf_hash(ByteView entry) {
    const std::array<ByteView, 2> parts{leaf_prefix, entry};
    return crypto::sha256(parts);
}

Hash node_hash(const Hash& left, const Hash& right) {
    std::array<std::uint8_t, 1 + 2 * hash_size> input;
    input[0] = 1;
    std::ranges::copy(left, input.begin() + 1);
    std::ranges::copy(right, input.begin() + 1 + hash_size);
    return crypto::sha256(ByteView(input));
}

Hash root_of(std::span<const Hash> leaves) {
    if (leaves.empty()) return empty_root();
    if (leaves.size() == 1) return leaves.front();
    const std::size_t split = std::bit_floor(leaves.size() - 1);  // the largest power of two below the size
    return node_hash(root_of(leaves.first(split)), root_of(leaves.subspan(split)));
}

Result<Frontier> Frontier::from_bytes(std::uint64_t size, ByteView bytes) {
    if (bytes.size() != static_cast<std::size_t>(std::popcount(size)) * hash_size) return bad_frontier();
    Frontier frontier;
    frontier.size_ = size;
    for (; !bytes.empty(); bytes = bytes.subspan(hash_size)) {
        Hash& hash = frontier.stack_.emplace_back();
        std::ranges::copy(bytes.first(hash_size), hash.begin());
    }
    return frontier;
}

Hash Frontier::root() const {
    if (stack_.empty()) return empty_root();
    Hash root = stack_.back();
    for (std::size_t i = stack_.size() - 1; i-- > 0;) root = node_hash(stack_[i], root);
    return root;
}

Bytes Frontier::bytes() const {
    Bytes out;
    out.reserve(stack_.size() * hash_size);
    for (const Hash& hash : stack_) out.insert(out.end(), hash.begin(), hash.end());
    return out;
}

void Frontier::append(const Hash& leaf, std::vector<Node>& completed) {
    Hash hash = leaf;
    std::uint64_t index = size_;
    for (int level = 1; (index & 1) != 0; ++level) {
        hash = node_hash(stack_.back(), hash);
        stack_.pop_back();
        index >>= 1;
        if (level % levels_per_tile == 0) completed.push_back({level, index, hash});
    }
    stack_.push_back(hash);
    ++size_;
}

}  // namespace maru::ledger
