// A value as a database column holds it. No floating point anywhere: decimals and money are scaled integers.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/bytes.hpp"

namespace maru::store {

struct Null {
    auto operator<=>(const Null&) const = default;
};
using Value = std::variant<Null, std::int64_t, std::string, Bytes>;
// The same, borrowed: an argument of a SQL function, valid during its call.
using ValueView = std::variant<Null, std::int64_t, std::string_view, ByteView>;

inline bool is_null(const Value& value) { return std::holds_alternative<Null>(value); }
inline bool is_null(const ValueView& value) { return std::holds_alternative<Null>(value); }

}  // namespace maru::store
