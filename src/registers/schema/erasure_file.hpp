// The parts of a register file that speak of keeping and erasing: [[retention]], [[erasure_block]], [[copy]],
// [hold].
#pragma once

#include "registers/schema.hpp"
#include "schema/toml_reader.hpp"

namespace maru::registers {

// After the fields and the subject.
Result<void> read_erasure(TomlReader& reader, Register& into);

// What needs other registers: dates of the person.
Result<void> check_retention(const Register& of, const Schema& schema);

}  // namespace maru::registers
