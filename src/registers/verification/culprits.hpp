// Which field of a version was changed behind the ledger's back. The entry binds all fields together, so it
// cannot be read off: values that the field has elsewhere are tried until one gives the entry's commitment.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "core/bytes.hpp"
#include "store/database.hpp"
#include "verification/versions.hpp"

namespace maru::registers {

// A version whose values do not give the commitment.
struct Doubtful {
    const StoredVersion& version;
    std::vector<std::optional<Hash>> commitments;  // as the columns; none: the field is empty
    std::vector<bool> erased;                      // as the columns: what is gone was not changed
    Hash wanted{};
    std::function<Result<std::optional<Hash>>(int field)> salt;
};

struct Culprit {
    std::size_t column = 0;
    FieldValue was;  // what the ledger proves
};

// Of one table.
class Culprits {
public:
    Culprits(store::Database& reader, const StoredTable& table) : reader_(reader), table_(table) {}
    // none: the value stands nowhere else, or several were changed.
    Result<std::optional<Culprit>> find(const Doubtful& doubtful);

private:
    Result<bool> fits(const Doubtful& doubtful, std::size_t column, const FieldValue& value) const;
    Result<std::optional<Culprit>> first_fit(const Doubtful& doubtful, std::size_t column,
                                             const std::vector<FieldValue>& values) const;
    Result<std::vector<FieldValue>> values_near(const StoredVersion& version, std::size_t column);
    Result<std::vector<FieldValue>> lists_near(const StoredVersion& version, std::size_t column);
    Result<const std::vector<FieldValue>*> values_of_others(std::size_t column);
    Result<std::vector<FieldValue>> scalars(const std::string& sql, std::int64_t parameter);

    store::Database& reader_;
    const StoredTable& table_;
    std::map<std::size_t, std::vector<FieldValue>> of_others_;
};

}  // namespace maru::registers
