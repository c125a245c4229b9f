// What erasures left of the values of one register.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

#include "core/bytes.hpp"
#include "store/database.hpp"

namespace maru::registers {

struct ErasedField {
    std::int64_t entry = 0;
    std::optional<Hash> commitment;
};

class ErasedFields {
public:
    static Result<ErasedFields> load(store::Database& reader, int register_number);
    const ErasedField* find(std::int64_t record, std::int64_t version, int field) const;

private:
    std::map<std::tuple<std::int64_t, std::int64_t, int>, ErasedField> fields_;
};

}  // namespace maru::registers
