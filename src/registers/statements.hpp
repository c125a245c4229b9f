// The SQL texts and column positions that puts and retirements need, made once per register.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registers/schema.hpp"

namespace maru::registers {

struct ListStatements {
    std::size_t field;           // position in Register::fields
    std::string select;          // values of ?1 in order
    std::string insert;          // record, position, value
    std::string remove;          // of ?1
    std::string insert_history;  // record, position, value, from_index
    std::string close_history;   // to_index = ?1 of record ?2
};

// Finds current records that refer to a record.
struct Referrer {
    const Register* from;
    std::string select;  // ids that refer to ?1, without ?1 itself, at most six
};

struct RegisterStatements {
    const Register* of;
    std::unordered_map<std::string_view, std::size_t> positions;  // of fields by name
    std::vector<std::size_t> scalars;                             // positions of the fields that are columns
    std::vector<std::size_t> by_number;                           // positions in ascending field number
    std::vector<std::size_t> key;                                 // positions of the natural key
    std::optional<std::size_t> subject;  // position of the person field; none: "id" or nobody
    bool guards_my_number = false;       // refuses 12-digit numbers in free text

    std::string select;          // version, from_index, scalars… of ?1
    std::string select_by_key;   // id
    std::string last_version;    // version, from_index, to_index of the last version of ?1
    std::string insert;          // id, version, from_index, scalars…
    std::string update;          // the same
    std::string remove;          // of ?1
    std::string insert_history;  // id, version, from_index, scalars…
    std::string close_history;   // to_index = ?1 of id ?2, from_index ?3
    std::string rules;           // empty when there are none
    std::vector<ListStatements> lists;
    std::vector<Referrer> referrers;
};

class Statements {
public:
    explicit Statements(const Schema& schema);  // keeps pointers into the schema
    const RegisterStatements& of(const Register& one) const { return all_.at(one.name); }

private:
    std::unordered_map<std::string_view, RegisterStatements> all_;
};

// "version, from_index, fields…" of the register's own columns.
std::string scalar_columns(const Register& of);

}  // namespace maru::registers
