// The tables of a database: fixed ones by migrations, those of the registers derived from their files.
//   <register>(id, version, from_index, fields…)                 current records
//   <register>_history(… the same, to_index)                     every version; to_index null = current
//   <register>_<field>(record, position, value)                  a list field; position from 0
//   <register>_<field>_history(…, from_index, to_index)          its rows as long as they did not change
// A version is seen by a reader who knows n entries when from_index < n and (to_index is null or to_index >=
// n): to_index is the entry that ended it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "registers/schema.hpp"
#include "store/database.hpp"
#include "store/migrations.hpp"

namespace maru::registers {

// All fixed tables of an organisation's database: the ledger's and ours, numbered without gaps.
std::vector<store::Migration> migrations();

std::string history_table(const Register& of);
std::string list_table(const Register& of, const Field& field);
std::string list_history_table(const Register& of, const Field& field);

// Makes the tables and columns of new register files and fields, renames what has a new name under its old
// number, and remakes indexes. A removed field keeps its column and its history. In one transaction; errors
// name register and field: a type that changed, data that breaks a new `unique`.
Result<void> derive_tables(store::Database& database, const Schema& schema);

// For a connection that only reads: temp views and tables with the names of the schema hide what differs in
// the database (a register it does not have yet is empty, a field it does not have is null). With `entries`,
// they show the state in which so many entries were known; SQL sees that number as as_of(). Personal values
// of the people in `hidden` are empty.
Result<void> shadow_tables(store::Database& database, const Schema& schema,
                           std::optional<std::int64_t> entries, std::span<const std::int64_t> hidden = {});

// Compiles the SQL of every rule and of what register files say about erasing; errors name register and SQL.
Result<void> check_rules(const Schema& schema);

}  // namespace maru::registers
