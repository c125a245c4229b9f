// The parts of the benchmark. Each adds its lines to the table.
#pragma once

#include <filesystem>

#include "checks/check.hpp"
#include "organisation.hpp"
#include "sheets/sheet.hpp"
#include "table.hpp"

namespace maru::bench {

struct Setting {
    std::filesystem::path catalog;
    std::filesystem::path work;     // made and removed by the program
    std::filesystem::path program;  // maru
    std::filesystem::path keep;  // organisation of 10,000 people to make once and use again; empty: in `work`
    registers::Schema schema;
    bool full = false;  // also 100,000 people
};

// What verdicts are computed by.
struct Definitions {
    checks::Library library;
    sheets::Sheet sheet;
};
Result<Definitions> load(const Setting& setting);

// Time and memory of `maru sheet` on the sample.
Result<void> bench_sample(const Setting& setting, Table& table);
// The full sheet at 1,000, 10,000 and (full) 100,000 people, and one item after one change.
Result<void> bench_sheet(const Setting& setting, Table& table);
// What a server answers about the sheet of 10,000 people, without the network.
Result<void> bench_judge(const Setting& setting, Table& table);
// What each check costs (not among the promises).
Result<void> bench_checks(const Setting& setting, Table& table);
// A year in the life of 10,000 people: judging each of its days, and asking about it once that is remembered.
Result<void> bench_history(const Setting& setting, Table& table);
// Puts through the writer beside plain SQLite.
Result<void> bench_puts(const Setting& setting, Table& table);
// Verification of a log of 1,000,000 entries, beside a checker in Go made of Debian's packages.
Result<void> bench_verify(const Setting& setting, Table& table);
// A receipt with the record disclosed beside it, in the process.
Result<void> bench_receipts(const Setting& setting, Table& table);
// `maru import` of 100,000 rows.
Result<void> bench_import(const Setting& setting, Table& table);

}  // namespace maru::bench
