// The product's own checks: well formed, portable, and every reason of every check can be shown.
#include <fstream>
#include <sstream>

#include "checks/lint.hpp"
#include "world.hpp"

namespace maru::checks {
namespace {

const Library& catalog() {
    static const Library library = [] {
        auto loaded = Library::load(catalog_folder(), catalog_schema(), With::examples);
        if (!loaded) ADD_FAILURE() << loaded.error().message.en;
        return loaded ? std::move(*loaded) : Library{};
    }();
    return library;
}

std::string lint_report(LintKind kind) {
    std::string out;
    for (const auto& problem : lint(catalog(), catalog_schema())) {
        if (problem.kind == kind) out += problem.check + ": " + problem.message.en + "\n";
    }
    return out;
}

TEST(Catalog, ChecksAndScopeTopicsHaveNoLint) { EXPECT_EQ(lint_report(LintKind::wrong), ""); }

TEST(Catalog, NoCheckWalksATableForEveryRow) { EXPECT_EQ(lint_report(LintKind::slow), ""); }

// Every check's example holds, every reason has records that break it, and rows of a day tell about every
// later day.
TEST(Catalog, ExamplesAndForwardLawHold) {
    ASSERT_FALSE(catalog().checks.empty());
    std::string report;
    for (const auto& problem : run_examples(catalog(), catalog_schema()))
        report += problem.check + ": " + problem.message.en + "\n";
    EXPECT_EQ(report, "");
}

std::string future_report() {
    std::string out;
    for (const auto& problem : run_future(catalog(), catalog_schema()))
        out += problem.check + ": " + problem.message.en + "\n";
    return out;
}

// A date that lies ahead earns no ○ today and takes none away: dates of what was done are refused when they
// are put (registers), and what begins or ends some day counts from that day on.
TEST(Catalog, WhatLiesAheadChangesNothingToday) { EXPECT_EQ(future_report(), ""); }

// Without it a date of something done could be written ahead.
TEST(Catalog, EveryDateSaysWhenItLies) {
    std::string report;
    for (const auto& of : catalog_schema().all())
        for (const auto& field : of.fields) {
            const bool is_date =
                field.type == registers::FieldType::date || field.type == registers::FieldType::instant;
            if (is_date && field.when == registers::When::unsaid) report += of.name + "." + field.name + "\n";
        }
    EXPECT_EQ(report, "") << "give them when = past, start, end or limit (docs/formats/register.md)";
}

TEST(Catalog, DerivedReadsAreUpToDate) {
    const auto reads = derived_reads(catalog(), catalog_schema());
    ASSERT_TRUE(reads) << reads.error().message.en;
    std::ifstream in(catalog_folder() / "derived/reads.tsv", std::ios::binary);
    std::ostringstream kept;
    kept << in.rdbuf();
    EXPECT_EQ(kept.str(), reads_tsv(*reads)) << "run `maru catalog lint --write`";
}

}  // namespace
}  // namespace maru::checks
