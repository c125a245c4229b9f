// The sample organisation on a fixed day, made once per test program, and changes that are tried and rolled
// back.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "checks/check.hpp"
#include "registers/organisation.hpp"
#include "sheets/report.hpp"

namespace maru::sample {

inline const Day today(2026, 11, 23);

struct SampleOrganisation {
    std::filesystem::path folder;
    registers::Schema schema;
    checks::Library library;
    sheets::Sheet sheet;
    std::unique_ptr<registers::Organisation> organisation;
    ~SampleOrganisation();

    // Runs `work` in the writer and rolls everything back.
    Result<void> try_out(const std::function<Result<void>(registers::WriteContext&)>& work);
    // The report of one item on the state inside a command.
    Result<sheets::ItemReport> judge(store::Database& database, const sheets::Item& item) const;
    Result<checks::CheckState> state_of(store::Database& database, const checks::CheckKey& key) const;
};

// Made on first use; fails the test when it cannot be made.
SampleOrganisation& sample_organisation();

}  // namespace maru::sample
