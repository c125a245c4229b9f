// Words that several errors of records share.
#pragma once

#include "registers/schema.hpp"
#include "store/value.hpp"

namespace maru::registers {

// "項目「管理番号」(code)" / "field Code (code)".
Text name_of(const Field& field);
std::unexpected<Error> no_such_record(const Register& of, std::int64_t id);

}  // namespace maru::registers
