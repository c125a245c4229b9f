// What is shown where a value was erased: "erased by entry 1234".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>

#include "core/text.hpp"
#include "registers/schema.hpp"
#include "store/database.hpp"

namespace maru::registers {

Text tombstone(std::int64_t entry);  // "変更 1234 により消去済み", "erased by entry 1234"
// True for a text that tombstone() gives, in either language, with white space around it.
bool is_tombstone(std::string_view written);

// The erased values of one register.
class Tombstones {
public:
    static Result<Tombstones> load(store::Database& reader, const Register& of);
    // Entry by which the field of that version of the record was erased; field 0 is the reason of a
    // retirement, which has the version after the last.
    std::optional<std::int64_t> entry(std::int64_t record, std::int64_t version, int field) const;
    bool empty() const { return entries_.empty(); }

private:
    std::map<std::tuple<std::int64_t, std::int64_t, int>, std::int64_t> entries_;
};

// The same for one value of a current record, without loading the others.
Result<std::optional<std::int64_t>> erased_value(store::Database& reader, std::int64_t record,
                                                 std::int64_t version, int field);

// The last entry by which values of the person were erased.
Result<std::optional<std::int64_t>> erasure_of(store::Database& reader, std::int64_t person);

}  // namespace maru::registers
