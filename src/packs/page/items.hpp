// What several parts of the page ask about an item.
#pragma once

#include "page/page.hpp"

namespace maru::packs {

// Of an item that the pack is about.
const sheets::ItemReport& report_of(const PackEnd& end, const sheets::Item* item);
// Whether its mark differs between the ends.
bool flipped(const PageInput& input, const sheets::Item* item);

}  // namespace maru::packs
