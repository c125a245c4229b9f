// Runs the examples in check files: the records that satisfy a check, and for each reason those that break
// it.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "checks/check.hpp"
#include "checks/rows.hpp"
#include "store/database.hpp"

namespace maru::checks {

struct ExampleProblem {
    std::string check;
    Text message;
};

// An empty database in memory with every register's tables and indexes; nothing is required in it.
Result<store::Database> catalog_database(const registers::Schema& schema);

// Ids by (register, alias).
using ExampleIds = std::map<std::pair<std::string, std::string>, std::int64_t>;

// Inserts an example's records with ids from `first_id` on. References are written by alias or natural key; a
// text field of the natural key that is left out is the alias. Errors name register, alias and field.
Result<ExampleIds> insert_records(store::Database& database, const registers::Schema& schema,
                                  const ExampleRecords& records, std::int64_t first_id = 1);

// For every check (or the named ones): the example's rows are all satisfied or due; each break shows its
// reason and state at its subject, and an owner; each reason is shown by a break unless it only ever lasts
// for ever; and the forward law holds: rows of a day, looked at 1, 7, 30, 100 and 366 days later, equal the
// rows of that later day. The library must be loaded With::examples.
std::vector<ExampleProblem> run_examples(const Library& library, const registers::Schema& schema,
                                         const std::vector<std::string>& only = {});

// For every check (or the named ones): a record that starts in the far future is as good as none, one more
// that starts then changes nothing, and an end in the far future is as good as no end, all as judged today.
// Which fields start and end a record say the register files (`when`).
std::vector<ExampleProblem> run_future(const Library& library, const registers::Schema& schema,
                                       const std::vector<std::string>& only = {});

// What differs between the rows of an earlier day, looked at on `day`, and the rows computed on that day; ""
// when nothing does.
std::string forward_difference(const Check& check, const std::vector<Row>& earlier,
                               const std::vector<Row>& later, Day day);

}  // namespace maru::checks
