// Brings the tables of one register from what is stored to what its file says.
#pragma once

#include "registers/schema.hpp"
#include "store/database.hpp"
#include "tables/layout.hpp"

namespace maru::registers {

Result<void> create_register(store::Database& database, const Register& of);
Result<void> alter_register(store::Database& database, const Register& to, const StoredRegister& from);
// invalid when a field changed its type under its number.
Result<void> check_storage(const Register& of, const StoredRegister& stored);

}  // namespace maru::registers
