// Per-field commitments: a record's values are bound to the ledger without being in it
// (docs/formats/entry.md).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"

namespace maru::ledger {

struct FieldValue {
    int field;               // permanent number of the field
    std::string_view value;  // canonical bytes (registers/values.hpp)
};

// salt = HMAC-SHA-256(key, "maru-salt-v1" || record id (8 bytes BE) || version (8) || field (4)).
Hash field_salt(ByteView key, std::int64_t record, std::int64_t version, int field);
// SHA-256("maru-commit-v1" || field (4 BE) || salt || length (8 BE) || value).
Hash field_commitment(const FieldValue& value, const Hash& salt);
// Merkle root (RFC 6962) over the fields' commitments in ascending field order.
Hash record_commitment(ByteView key, std::int64_t record, std::int64_t version,
                       std::span<const FieldValue> values);
// Names a record about a person without its id: HMAC-SHA-256(key, "maru-tag-v1" || record id), first 16
// bytes.
Bytes record_tag(ByteView key, std::int64_t record);

}  // namespace maru::ledger
