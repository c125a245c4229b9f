// What importing and exporting registers have in common.
#pragma once

#include <string>

#include "api/call.hpp"
#include "registers/exchange.hpp"

namespace maru::api {

inline constexpr std::size_t largest_upload = std::size_t(100) << 20;

// The parameter `format`: csv (taken when it is left out), tsv or xlsx.
Result<registers::FileFormat> format_of(const Call& call);
extern const Parameter format_parameter;

// What was sent, also when it lies in a file.
Result<std::string> content_of(const Call& call);

// forbidden: whoever sees or writes only some records cannot have the register as a whole. `what`:
// "変更する", "change".
std::unexpected<Error> needs_all(const registers::Register& of, const Text& what);

}  // namespace maru::api
