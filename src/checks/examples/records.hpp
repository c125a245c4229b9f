// Records of an example in the tables of catalog_database().
#pragma once

#include <map>
#include <string>
#include <utility>

#include "checks/check.hpp"
#include "store/database.hpp"

namespace maru::checks {

// Ids by (register, alias).
using ExampleIds = std::map<std::pair<std::string, std::string>, std::int64_t>;

// Inserts them all. References are written by alias or natural key; a text field of the natural key that is left out is
// the alias. Errors name register, alias and field.
Result<ExampleIds> insert_records(store::Database& database, const registers::Schema& schema, const ExampleRecords& records);

// The example's records with a break's changes.
Result<ExampleRecords> changed(const ExampleRecords& records, const Break& by);

}  // namespace maru::checks
