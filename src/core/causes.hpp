// Why the operating system refused, in both languages: its own words are English without a locale.
#pragma once

#include "core/text.hpp"

namespace maru {

// Of an errno, without a full stop: "空き容量がありません", "no space left". Others by their number.
Text cause_of(int error);

}  // namespace maru
