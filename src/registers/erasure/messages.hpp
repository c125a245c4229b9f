// Words of erasures.
#pragma once

#include <string>
#include <vector>

#include "registers/erasure.hpp"
#include "registers/erasure_order.hpp"

namespace maru::registers {

// conflict: everything that stands in the way, with what to do.
std::unexpected<Error> blocked(const ErasurePlan& plan);
// conflict: nothing is left, or only what must stay, with the day on which it ends.
std::unexpected<Error> nothing_left(const ErasurePlan& plan);
// invalid unless the basis is one line of at most 300 characters with none of the words in it.
Result<void> check_basis(const std::string& basis, const std::vector<std::string>& words);

// Tells keys apart without telling them: the first 8 bytes of SHA-256("maru-key-name-v1" || key); "-" for
// none.
std::string key_name(const std::optional<Hash>& key);
// "requested=2026-11-20; executed=2026-11-23; values=21; kept=2; key=…; basis=…"
std::string note_of(const ErasureOrder& order, std::int64_t values, const std::string& key);

Text was_finished(std::int64_t person, std::int64_t entry);
Text still_open(std::int64_t person, std::int64_t entry, const std::vector<Text>& open);
Text was_repeated(const ListedErasure& listed, std::int64_t entry, std::int64_t values);

}  // namespace maru::registers
