// What a part of a natural key may be.
#pragma once

#include "registers/schema.hpp"
#include "registers/values.hpp"

namespace maru::registers {

// invalid for a text by which nobody could name the record: "#12" names an id, " / " stands between parts,
// and what cannot be seen cannot be typed.
Result<void> check_key_part(const Field& field, const FieldValue& value);

}  // namespace maru::registers
