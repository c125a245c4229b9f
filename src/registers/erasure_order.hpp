// What an erasure was told to do, as one line of text (docs/formats/erasure.md): in the keystore's journal
// while it is under way, and in the list of erasures from which they are repeated after a restore. It names
// nobody.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/day.hpp"
#include "core/result.hpp"
#include "registers/keystore.hpp"

namespace maru::registers {

// Fields of a record that stay in all its versions until a day; none: until further notice.
struct KeptFields {
    std::int64_t record = 0;
    std::vector<int> fields;  // numbers, ascending
    std::optional<Day> until;
    bool operator==(const KeptFields&) const = default;
};

struct ErasureOrder {
    Nonce nonce{};
    std::int64_t person = 0;
    // The entry of the person's first version and its leaf hash: after a restore the id alone could be
    // somebody else's.
    std::int64_t born = 0;
    Hash born_leaf{};
    Day requested;
    Day executed;
    std::vector<KeptFields> kept;
    std::optional<std::int64_t> replays;  // the entry that this one repeats
    std::string basis;                    // one line, free of names
    bool operator==(const ErasureOrder&) const = default;
};

std::string to_line(const ErasureOrder& order);
// corrupt, naming the part.
Result<ErasureOrder> parse_order(std::string_view line);

struct ListedErasure {
    ErasureOrder order;
    std::int64_t entry = 0;
    bool operator==(const ListedErasure&) const = default;
};

// With a tag, HMAC-SHA-256 under `key` over what stands before it: nobody else can order an erasure by
// writing into the list.
std::string to_line(const ListedErasure& erasure, const Hash& key);
// corrupt, also when the tag is not good.
Result<ListedErasure> parse_listed(std::string_view line, const Hash& key);

}  // namespace maru::registers
