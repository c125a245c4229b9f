// What a sheet as JSON (docs/formats/sheet.md) says of the ledger state that it was computed from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/day.hpp"
#include "core/result.hpp"

namespace maru::packs {

inline constexpr std::size_t max_sheet = 256 * 1024 * 1024;  // bytes

struct SheetFacts {
    Day day;
    std::uint64_t entries = 0;
    std::string root;         // base64
    std::string definitions;  // hex
};
// invalid: no JSON, or a key is missing or of another type.
Result<SheetFacts> read_sheet_facts(std::string_view json);

}  // namespace maru::packs
