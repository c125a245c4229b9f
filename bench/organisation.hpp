// Organisations of any size, made as users make them: the sample organisation, and on top of it N people with
// everything that grows with them. Every record goes through registers::put; the same size and seed give the
// same records.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/day.hpp"
#include "registers/organisation.hpp"

namespace maru::bench {

// The day on which the organisations are made and judged.
inline constexpr Day bench_day{2026, 11, 23};
inline constexpr const char* bench_instant = "2026-11-23T00:00:00Z";
registers::Environment bench_environment();  // its clock stands at bench_instant
// The clock shows nine in the morning (in Japan) of whatever day that is at the moment.
registers::Environment environment_of(std::shared_ptr<const Day> day);

// 10,000 people: 20,000 devices with about ten facts each, 200,000 accounts on 200 services, 500,000 training
// results.
struct Size {
    int people = 10'000;
    std::uint64_t seed = 20'261'123;
    Day recorded_on = bench_day;  // the day of all its ledger entries
};

struct Made {
    std::int64_t records = 0;
    double seconds = 0;
};

Result<Made> make_organisation(const std::filesystem::path& folder, const std::filesystem::path& catalog,
                               const registers::Schema& schema, const Size& size);
// The sample organisation alone.
Result<Made> make_sample(const std::filesystem::path& folder, const std::filesystem::path& catalog,
                         const registers::Schema& schema);

// Code of the i-th person, name of the i-th account's service.
std::string person_code(int i);
std::string service_code(int i);
inline constexpr int services = 200;

// Daily work from the first day to bench_day, some 700 entries on each business day: training, new accounts
// and closed ones, lists imported, devices that break a rule and are mended three days later.
Result<Made> live(const std::filesystem::path& folder, const std::filesystem::path& catalog,
                  const registers::Schema& schema, Day first);

}  // namespace maru::bench
