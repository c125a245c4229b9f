// Stored versions as verification reads them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registers/schema.hpp"
#include "registers/values.hpp"

namespace maru::registers {

struct StoredColumn {
    int number = 0;
    std::string name;
    const Field* field = nullptr;  // null: the catalog has it no more
    bool is_list = false;
};

struct StoredTable {
    std::string name;
    std::string subject;                // column; "" when it is about nobody or nobody knows
    std::vector<StoredColumn> columns;  // by ascending number

    std::string history() const { return name + "_history"; }
    std::string list(const StoredColumn& column) const { return name + "_" + column.name; }
};

struct StoredVersion {
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::int64_t from_index = 0;
    std::optional<std::int64_t> to_index;
    std::optional<std::int64_t> subject;
    std::vector<FieldValue> values;  // as the columns
};

// The bytes that a commitment binds; a field that the catalog has no more has them, too.
std::string canonical_of(const StoredColumn& column, const FieldValue& value);

// "項目「氏名」(name)"; the column's name alone when the catalog has it no more.
Text name_of(const StoredColumn& column);

}  // namespace maru::registers
