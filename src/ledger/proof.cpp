#include "ledger/proof.hpp"

#include <fmt/core.h>

#include <bit>

#include "ledger/tree.hpp"
#include "lines/lines.hpp"

namespace maru::ledger {

namespace {

std::unexpected<Error> out_of_range(std::uint64_t at, std::uint64_t size) {
    return fail(ErrorKind::invalid, {fmt::format("{}は、{}件の変更記録簿の範囲にありません。", at, size),
                                     fmt::format("{} is out of range in a log of {} entries", at, size)});
}

std::unexpected<Error> does_not_hold(std::string_view ja, std::string_view en) {
    return fail(ErrorKind::corrupt, {std::string(ja), std::string(en)});
}

std::unexpected<Error> wrong_length() {
    return does_not_hold("証明のハッシュの数が、番号と件数に合いません。",
                         "the proof has the wrong number of hashes for this index and size");
}

// Where RFC 9162 divides a range of more than one entry: after the largest power of two below its size.
std::uint64_t middle(const Range& range) { return range.begin + std::bit_floor(range.size() - 1); }

Result<void> require_subtree(const Range& range) {
    if (is_subtree(range) && range.end <= max_size) return {};
    return fail(ErrorKind::invalid, {fmt::format("[{}, {})は部分木ではありません。", range.begin, range.end),
                                     fmt::format("[{}, {}) is no subtree", range.begin, range.end)});
}

Result<Hash> root_of_part(const HashSource& hashes, const Range& range) {
    const std::uint64_t size = range.size();
    if (std::has_single_bit(size)) return hashes(std::countr_zero(size), range.begin / size);
    const std::uint64_t at = middle(range);
    const Hash left = TRY(root_of_part(hashes, {range.begin, at}));
    return node_hash(left, TRY(root_of_part(hashes, {at, range.end})));
}

// PATH of RFC 9162 section 2.1.3.1, with absolute positions.
Result<void> add_path(const HashSource& hashes, std::uint64_t index, const Range& range, Proof& out) {
    if (range.size() == 1) return {};
    const Range left{range.begin, middle(range)}, right{middle(range), range.end};
    const bool goes_left = index < right.begin;
    TRY(add_path(hashes, index, goes_left ? left : right, out));
    out.push_back(TRY(root_of_part(hashes, goes_left ? right : left)));
    return {};
}

enum class Known { yes, no };  // whether the verifier has the root of the part already

// SUBTREE_PROOF of draft-ietf-plants-merkle-tree-certs section 4.4.1; for begin 0 it is SUBPROOF of RFC 9162
// section 2.1.4.1.
Result<void> add_subproof(const HashSource& hashes, const Range& part, const Range& range, Known known,
                          Proof& out) {
    if (part == range) {
        if (known == Known::no) out.push_back(TRY(root_of_part(hashes, range)));
        return {};
    }
    const std::uint64_t at = middle(range);
    if (part.end <= at) {
        TRY(add_subproof(hashes, part, {range.begin, at}, known, out));
        out.push_back(TRY(root_of_part(hashes, {at, range.end})));
        return {};
    }
    const bool only_right = part.begin >= at;
    TRY(add_subproof(hashes, only_right ? part : Range{at, part.end}, {at, range.end},
                     only_right ? known : Known::no, out));
    out.push_back(TRY(root_of_part(hashes, {range.begin, at})));
    return {};
}

// A position in the tree seen from below: its index and that of the last node of the same height.
struct Climb {
    std::uint64_t at;
    std::uint64_t last;
    bool from_left() const { return (at & 1) != 0 || at == last; }
    void up() {
        at >>= 1;
        last >>= 1;
    }
    // A node without a right sibling stands for its parents too.
    void up_past_only_children() {
        while ((at & 1) == 0 && at != 0) up();
    }
};

struct Roots {
    Hash old_root;
    Hash new_root;
};

Result<Roots> roots_from_proof(Climb climb, const Hash& seed, std::span<const Hash> rest) {
    Roots roots{seed, seed};
    for (const Hash& sibling : rest) {
        if (climb.last == 0) return wrong_length();
        if (climb.from_left()) {
            roots.old_root = node_hash(sibling, roots.old_root);
            roots.new_root = node_hash(sibling, roots.new_root);
            climb.up_past_only_children();
        } else {
            roots.new_root = node_hash(roots.new_root, sibling);
        }
        climb.up();
    }
    if (climb.last != 0) return wrong_length();
    return roots;
}

Result<void> compare(const Hash& computed, const Hash& expected, std::string_view ja, std::string_view en) {
    if (computed == expected) return {};
    return does_not_hold(ja, en);
}

}  // namespace

bool is_subtree(const Range& range) {
    if (range.end < range.begin) return false;
    return range.size() == 0 || range.begin % std::bit_ceil(range.size()) == 0;
}

Result<Hash> root_of(const HashSource& hashes, const Range& subtree) {
    TRY(require_subtree(subtree));
    if (subtree.size() == 0) return empty_root();
    return root_of_part(hashes, subtree);
}

Result<Proof> inclusion_proof(const HashSource& hashes, std::uint64_t index, std::uint64_t size) {
    return inclusion_proof(hashes, index, Range{0, size});
}

Result<Proof> inclusion_proof(const HashSource& hashes, std::uint64_t index, const Range& subtree) {
    TRY(require_subtree(subtree));
    if (index < subtree.begin || index >= subtree.end) return out_of_range(index, subtree.end);
    Proof proof;
    TRY(add_path(hashes, index, subtree, proof));
    return proof;
}

Result<Proof> consistency_proof(const HashSource& hashes, std::uint64_t old_size, std::uint64_t new_size) {
    return consistency_proof(hashes, Range{0, old_size}, new_size);
}

Result<Proof> consistency_proof(const HashSource& hashes, const Range& subtree, std::uint64_t new_size) {
    TRY(require_subtree(subtree));
    if (subtree.end > new_size || new_size > max_size) return out_of_range(subtree.end, new_size);
    Proof proof;
    if (subtree.size() > 0) TRY(add_subproof(hashes, subtree, {0, new_size}, Known::yes, proof));
    return proof;
}

Result<Hash> root_from_path(std::uint64_t index, std::uint64_t size, const Hash& leaf,
                            std::span<const Hash> path) {
    if (index >= size || size > max_size) return out_of_range(index, size);
    Climb climb{index, size - 1};
    Hash root = leaf;
    for (const Hash& sibling : path) {
        if (climb.last == 0) return wrong_length();
        if (climb.from_left()) {
            root = node_hash(sibling, root);
            climb.up_past_only_children();
        } else {
            root = node_hash(root, sibling);
        }
        climb.up();
    }
    if (climb.last != 0) return wrong_length();
    return root;
}

Result<void> verify_inclusion(const Inclusion& claim, std::span<const Hash> path) {
    const Hash root = TRY(root_from_path(claim.index, claim.size, claim.leaf, path));
    return compare(root, claim.root,
                   "この内容は、その番号の変更記録として含まれていません（証明がルートに合いません）。",
                   "this content is not in the log at that index: the proof does not lead to the root");
}

Result<void> verify_consistency(const Consistency& claim, std::span<const Hash> proof) {
    if (claim.old_size > claim.new_size || claim.new_size > max_size)
        return out_of_range(claim.old_size, claim.new_size);
    if (claim.old_size == 0 || claim.old_size == claim.new_size) {
        if (!proof.empty()) return wrong_length();
        if (claim.old_size == 0) return {};
        return compare(claim.old_root, claim.new_root, "同じ件数なのにルートが異なります。",
                       "two different roots for the same size");
    }
    Climb climb{claim.old_size - 1, claim.new_size - 1};
    while ((climb.at & 1) != 0) climb.up();
    const bool has_root = std::has_single_bit(claim.old_size);  // then the proof leaves it out
    if (proof.empty()) return wrong_length();
    const Roots roots = TRY(
        roots_from_proof(climb, has_root ? claim.old_root : proof.front(), proof.subspan(has_root ? 0 : 1)));
    TRY(compare(roots.old_root, claim.old_root,
                "古い方のルートが証明に合いません。変更記録が書き換えられています。",
                "the proof does not lead to the older root: the log was rewritten"));
    return compare(roots.new_root, claim.new_root, "新しい方のルートが証明に合いません。",
                   "the proof does not lead to the newer root");
}

}  // namespace maru::ledger
