// What docs/formats/check.md demands of check files and cannot be seen by loading them alone.
#pragma once

#include <string>
#include <vector>

#include "checks/check.hpp"
#include "store/database.hpp"

namespace maru::checks {

// `slow`: the query plan walks a whole table for every row. All others make the check wrong or not portable.
enum class LintKind { wrong, slow };

struct LintProblem {
    std::string check;  // or the scope topic
    LintKind kind = LintKind::wrong;
    Text message;
};

// Checks and scope topics: the SQL runs on the registers, its columns, placeholders, settings, mirrors,
// scopes, portability and query plan. What needs records (examples, reasons, forward law) is in
// checks/examples.hpp.
std::vector<LintProblem> lint(const Library& library, const registers::Schema& schema);

// An empty database of the registers with the SQL functions of checks, and lint on one that was made before.
Result<store::Database> lint_workbench(const Library& library, const registers::Schema& schema);
std::vector<LintProblem> lint(const Library& library, const registers::Schema& schema,
                              store::Database& workbench);

// What a check reads and how it is found again after a change: a row per register.
struct DerivedRead {
    std::string check;
    std::string register_name;
    std::vector<std::string> columns;  // sorted; those of list tables as "<field>.value"
    std::string path;                  // checks/paths.hpp; "" = the whole check runs again
};
Result<std::vector<DerivedRead>> derived_reads(const Library& library, const registers::Schema& schema);
// catalog/derived/reads.tsv: heading line, then check, register, columns joined by ' ', path.
std::string reads_tsv(const std::vector<DerivedRead>& reads);

}  // namespace maru::checks
