// A value as a database column holds it. No floating point anywhere: decimals and money are scaled integers.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <variant>

#include "core/bytes.hpp"

namespace maru::store {

struct Null {
    auto operator<=>(const Null&) const = default;
};
using Value = std::variant<Null, std::int64_t, std::string, Bytes>;

inline bool is_null(const Value& value) { return std::holds_alternative<Null>(value); }

}  // namespace maru::store
