#include "verification/erased_fields.hpp"

#include <algorithm>

namespace maru::registers {

Result<ErasedFields> ErasedFields::load(store::Database& reader, int register_number) {
    ErasedFields out;
    store::Statement query = TRY(reader.prepare(
        "select record, version, field, idx, commitment from main.erased_value where register = ?1"));
    query.bind(1, std::int64_t{register_number});
    while (const auto row = TRY(query.step())) {
        ErasedField one{row->integer(3), std::nullopt};
        if (row->blob(4).size() == std::tuple_size_v<Hash>)
            std::ranges::copy(row->blob(4), one.commitment.emplace().begin());
        out.fields_[{row->integer(0), row->integer(1), static_cast<int>(row->integer(2))}] = one;
    }
    return out;
}

const ErasedField* ErasedFields::find(std::int64_t record, std::int64_t version, int field) const {
    if (fields_.empty()) return nullptr;
    const auto found = fields_.find({record, version, field});
    return found == fields_.end() ? nullptr : &found->second;
}

}  // namespace maru::registers
