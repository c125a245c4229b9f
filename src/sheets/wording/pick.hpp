// A word in the reader's language.
#pragma once

#include "core/text.hpp"

namespace maru::sheets {

inline const char* pick(Language language, const char* ja, const char* en) {
    return language == Language::ja ? ja : en;
}

}  // namespace maru::sheets
