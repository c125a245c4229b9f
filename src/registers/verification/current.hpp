// The tables that everything is computed from against the versions that the ledger proves.
#pragma once

#include <functional>
#include <optional>

#include "store/database.hpp"
#include "verification/versions.hpp"

namespace maru::registers {

// A current row that is not its last version.
struct Difference {
    std::int64_t record = 0;
    std::int64_t version = 0;
    const StoredColumn* column =
        nullptr;  // null: the row itself is missing, is too many or has another version
};

Result<void> compare_current(store::Database& reader, const StoredTable& table,
                             const std::function<void(const Difference&)>& found);

}  // namespace maru::registers
