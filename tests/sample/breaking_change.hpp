// Looks for one change of one record that breaks a check of the sample, guided by the check file's own
// breaks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sample_organisation.hpp"

namespace maru::sample {

// One record changed, retired or added; `undo` mends it.
struct RecordChange {
    std::string register_name;
    std::int64_t id = 0;           // 0 = a new record
    registers::WrittenFields put;  // empty = retire
    registers::WrittenFields undo;

    Result<void> apply(registers::WriteContext& context);
    Result<void> mend(registers::WriteContext& context);
    std::string text() const;
};

// Changes worth trying, those on the check's own subjects first.
std::vector<RecordChange> candidates(registers::WriteContext& context, const SampleOrganisation& sample,
                                     const checks::Check& check);

// The first candidate after which `broken` says yes, or nullopt. Everything tried is rolled back to where it
// began.
using Broken = std::function<Result<bool>(store::Database&)>;
Result<std::optional<RecordChange>> find_breaking(registers::WriteContext& context,
                                                  const SampleOrganisation& sample,
                                                  const checks::Check& check, const Broken& broken);

}  // namespace maru::sample
