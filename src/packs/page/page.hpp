// index.html of a pack: one file that needs no network, in two languages.
#pragma once

#include <string>
#include <string_view>

#include "contents/evidence.hpp"
#include "contents/period.hpp"
#include "contents/selection.hpp"

namespace maru::packs {

struct PageInput {
    const PackInput& pack;
    const PackOptions& options;
    const Selection& selection;
    const Evidence& evidence;
    const Period& period;
    std::size_t closed = 0;          // records whose fields cannot be opened any more
    std::string_view style, script;  // catalog/pack
};

std::string page(const PageInput& input);

// Its parts.
std::string page_ends(const PageInput& input);       // both sheets as pictures
std::string page_flips(const PageInput& input);      // what changed between them
std::string page_items(const PageInput& input);      // each item's checks, numbers and reasons
std::string page_entries(const PageInput& input);    // what was recorded in the period
std::string page_disclosed(const PageInput& input);  // what is in the pack and what is withheld
std::string page_proof(const PageInput& input);      // checkpoint, key, and how to verify

}  // namespace maru::packs
