#include "ledger/log.hpp"
#include "ledger/proof.hpp"
#include "ledger/stored_tiles.hpp"

namespace maru::ledger {

// The newest root is kept; only earlier ones are computed.
Result<Hash> root_at(store::Database& database, std::int64_t entries) {
    const LogState state = TRY(stored_state(database));
    if (std::cmp_equal(entries, state.size)) return state.root;
    const auto size = static_cast<std::uint64_t>(entries);
    return root_of(stored_hashes(database, size), {0, size});
}

}  // namespace maru::ledger
