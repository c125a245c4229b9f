// Requests that name a row of a check: exceptions.
#pragma once

#include "api/call.hpp"
#include "workflow/kinds.hpp"

namespace maru::api {

// Where the kind names a check: the row must be there, and be the caller's own unless they see all rows; its
// label and owner are the row's, whatever was written, because the owner may not approve. invalid: no such
// check or row, or the exception would last too long.
Result<void> complete_row(const Call& call, const workflow::Kind& kind, registers::WrittenFields& fields);

}  // namespace maru::api
