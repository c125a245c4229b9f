// The ledger entry of a change: who is concerned, under which key, and the commitment to its values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registers/records.hpp"

namespace maru::registers {

struct Sealed {
    std::string record;  // decimal id or tag
    std::optional<Hash> commitment;
};

// forbidden, naming the erasure, when the person whom the values name as subject was erased.
Result<void> expect_not_erased(WriteContext& context, const RegisterStatements& of, std::int64_t id,
                               const std::vector<FieldValue>& values);

// Under the key of the person whom the values name as subject, else under the record's own. Empty fields are
// left out, so that a field that the register gains later changes no older commitment.
Result<Sealed> seal_values(WriteContext& context, const RegisterStatements& of, std::int64_t id,
                           std::int64_t version, const std::vector<FieldValue>& values);

// Of a retirement: `values` are the last ones, the reason is field 0.
Result<Sealed> seal_reason(WriteContext& context, const RegisterStatements& of, const Record& last,
                           const std::string& reason);

bool is_empty(const FieldValue& value);

}  // namespace maru::registers
