#include "verification/versions.hpp"

#include "records/messages.hpp"

namespace maru::registers {

std::string canonical_of(const StoredColumn& column, const FieldValue& value) {
    Field plain;
    if (column.is_list) plain.type = FieldType::list;
    return canonical(plain, value);
}

Text name_of(const StoredColumn& column) {
    if (column.field) return name_of(*column.field);
    return {"項目 " + column.name, "field " + column.name};
}

}  // namespace maru::registers
