// Whether a listed erasure holds in a database and its keystore.
#pragma once

#include <vector>

#include "erasure/list_file.hpp"
#include "erasure/survey.hpp"
#include "registers/erasure_order.hpp"
#include "store/database.hpp"

namespace maru::registers {

// The database has the person whom the erasure is about: the same first entry.
Result<bool> concerns(store::Database& database, const ErasureOrder& order);
// Says which person an order is about: by the first entry. not_found when there is no such person.
Result<void> set_birth(store::Database& database, const std::vector<About>& all, ErasureOrder& order);
// The database knows that the values were erased.
Result<bool> is_known(store::Database& database, const ErasureOrder& order);
// Erasures by entries that a log of `size` entries does not have: it was put back from before them. Those
// that a renewal has taken note of do not count.
Result<std::vector<ListedErasure>> erasures_beyond(std::uint64_t size, const std::filesystem::path& list,
                                                   Keystore& keys);
// After the log has gone on under a new key by `entry`: the erasures are repeated by the next opening, and no
// longer stop it.
Result<void> take_note(const std::vector<ListedErasure>& lost, std::int64_t entry, Keystore& keys,
                       const Random& random);
// That, and the key is gone.
Result<bool> is_in_effect(store::Database& database, Keystore& keys, const ErasureOrder& order);

}  // namespace maru::registers
