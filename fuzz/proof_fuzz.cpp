// Proof verification: index or old size (8 bytes, little-endian), size (8), then hashes. A path is accepted
// exactly when it has the length of its place in the tree, and a consistency proof that holds cannot hold for
// another root.
#include <bit>
#include <cstring>
#include <vector>

#include "ledger/proof.hpp"
#include "require.hpp"

namespace {

using namespace maru;
using namespace maru::ledger;

std::uint64_t take_number(ByteView& rest) {
    std::uint64_t value = 0;
    const std::size_t count = rest.size() < 8 ? rest.size() : 8;
    if (count > 0) std::memcpy(&value, rest.data(), count);
    rest = rest.subspan(count);
    return value;
}

Proof take_hashes(ByteView rest) {
    Proof out(rest.size() / sizeof(Hash));
    if (!out.empty()) std::memcpy(out.data(), rest.data(), out.size() * sizeof(Hash));
    return out;
}

// The closed form of transparency-dev/merkle.
std::size_t path_length(std::uint64_t index, std::uint64_t size) {
    const auto inner = static_cast<int>(std::bit_width(index ^ (size - 1)));
    return static_cast<std::size_t>(inner + (inner == 64 ? 0 : std::popcount(index >> inner)));
}

void check_inclusion(std::uint64_t index, std::uint64_t size, const Proof& path) {
    const Hash leaf{1};
    const auto root = root_from_path(index, size, leaf, path);
    const bool fits = size >> 63 == 0 && index < size && path.size() == path_length(index, size);
    require(root.has_value() == fits, "a path is accepted exactly when its length fits");
    if (!root) return;
    require(verify_inclusion({index, size, leaf, *root}, path).has_value(), "the root of a path verifies");
    require(!verify_inclusion({index, size, Hash{2}, *root}, path).has_value(), "another leaf does not");
}

void check_consistency(std::uint64_t old_size, std::uint64_t new_size, const Proof& proof) {
    const Hash old_root = proof.empty() ? Hash{3} : proof.front();
    Hash new_root = proof.empty() ? Hash{3} : proof.back();
    if (!verify_consistency({old_size, new_size, old_root, new_root}, proof)) return;
    new_root[0] ^= 1;
    require(old_size == 0 || !verify_consistency({old_size, new_size, old_root, new_root}, proof),
            "a proof holds for one root");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteView rest(data, size);
    const std::uint64_t first = take_number(rest), second = take_number(rest);
    const Proof hashes = take_hashes(rest);
    check_inclusion(first, second, hashes);
    check_inclusion(first % 1024, second % 1024, hashes);
    check_consistency(first, second, hashes);
    check_consistency(first % 1024, second % 1024, hashes);
    return 0;
}
