// Where a person's name, mail address, telephone number … stands in texts outside the person's own records.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "erasure/survey.hpp"
#include "registers/erasure.hpp"

namespace maru::registers {

// Searches every text of every version of every register and the reasons of retirements. White space, width
// and case do not matter. A family name alone is reported as not sure.
Result<std::vector<Mention>> find_mentions(store::Database& reader, const Schema& schema,
                                           const std::vector<About>& all,
                                           const std::vector<std::string>& words);

// One of the words stands in the text, whole.
bool stands_in(const std::vector<std::string>& words, std::string_view text);

}  // namespace maru::registers
