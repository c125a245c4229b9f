// What a break makes of an example.
#pragma once

#include "checks/check.hpp"
#include "core/result.hpp"

namespace maru::checks {

// The example's records with a break's changes.
Result<ExampleRecords> changed(const ExampleRecords& records, const Break& by);

}  // namespace maru::checks
