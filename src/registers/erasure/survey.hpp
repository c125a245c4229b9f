// Everything that an organisation's tables hold about one person: all versions of all records of which the
// person is the subject, with every column that was ever filled.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registers/schema.hpp"
#include "registers/values.hpp"
#include "store/database.hpp"

namespace maru::registers {

struct AboutColumn {
    int number = 0;
    std::string name;              // of the column, or of the list table behind the register's name
    const Field* field = nullptr;  // null: the catalog has it no more
    bool is_list = false;
    bool is_text = false;  // what people write freely, mail and web addresses
    bool is_file = false;

    // What is not described any more is nobody's to keep.
    bool is_personal() const { return field == nullptr || field->personal; }
};

struct AboutVersion {
    std::int64_t version = 0;
    std::int64_t from_index = 0;
    std::optional<std::int64_t> to_index;
    std::vector<FieldValue> values;  // as the columns
};

// Empty: null, or a list without items.
bool is_filled(const FieldValue& value);

struct AboutRecord {
    std::int64_t id = 0;
    std::vector<AboutVersion> versions;  // about the person, oldest first
};

struct About {
    const Register* of = nullptr;
    std::string table;  // as stored
    std::vector<AboutColumn> columns;
    std::vector<AboutRecord> records;

    std::string history() const { return table + "_history"; }
    std::string list_table(const AboutColumn& column) const { return table + "_" + column.name; }
    // Position of a column by its field's number.
    std::optional<std::size_t> position(int number) const;
};

// Registers without a subject are left out; those with one are there also when they hold nothing.
Result<std::vector<About>> survey(store::Database& database, const Schema& schema, std::int64_t person);

}  // namespace maru::registers
