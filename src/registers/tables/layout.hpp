// Which tables and columns the database has, by the permanent numbers of registers and fields.
#pragma once

#include <map>
#include <string>

#include "store/database.hpp"

namespace maru::registers {

struct StoredField {
    std::string name;     // of its column, or of its list table behind the register's name
    std::string storage;  // definitions.hpp
    bool is_list() const { return storage.starts_with("list("); }
};

struct StoredRegister {
    std::string name;
    std::string shape;
    std::map<int, StoredField> fields;  // removed ones too
};

using Layout = std::map<int, StoredRegister>;

Result<Layout> read_layout(store::Database& database);

}  // namespace maru::registers
