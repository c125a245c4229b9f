// Byte strings and their written forms.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace maru {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using Hash = std::array<std::uint8_t, 32>;

ByteView as_bytes(std::string_view text);
std::string hex(ByteView bytes);  // lower case
Result<Bytes> parse_hex(std::string_view text);
std::string base64(ByteView bytes);  // RFC 4648 section 4, with padding
Result<Bytes> parse_base64(std::string_view text);

// Randomness is an argument: fills the span.
using Random = std::function<void(std::span<std::uint8_t>)>;

}  // namespace maru
