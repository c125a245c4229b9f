// A kind file: read, then held against the registers.
#pragma once

#include "workflow/kinds.hpp"

namespace maru::workflow {

Result<Kind> read_kind(std::string_view text, const std::filesystem::path& file);

// invalid: fields and choices that are not there, roles nobody has, a required field that nothing fills.
Result<void> check_kind(const Kind& kind, const std::filesystem::path& file, const registers::Schema& schema);

}  // namespace maru::workflow
