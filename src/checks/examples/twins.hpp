// Pairs of examples on which a check must answer the same today.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checks/check.hpp"
#include "registers/schema.hpp"

namespace maru::checks {

// Whether the check reads this field of the register; "" = anything of it. What it does not read changes
// nothing.
using Reads = std::function<bool(const std::string& register_name, const std::string& field)>;

struct FutureTwin {
    std::string what;  // "contract.audit in_force_from"
    ExampleRecords ahead;
    std::optional<ExampleRecords> instead;  // none: the example as it is
};

// A record that starts in the far future (docs/formats/register.md, `when`) is as good as none, and one more
// that starts then changes nothing.
std::vector<FutureTwin> twins_that_start(const registers::Schema& schema, const ExampleRecords& records,
                                         const Reads& reads);
// An end in the far future is as good as no end.
std::vector<FutureTwin> twins_that_end(const registers::Schema& schema, const ExampleRecords& records,
                                       const Reads& reads);

}  // namespace maru::checks
