// Names of files inside a pack.
#pragma once

#include <string>
#include <string_view>

namespace maru::packs {

// Folders and a name of A-Z a-z 0-9 . _ -, joined by "/", at most 200 characters; no part is "." or "..".
// Nothing else is written by us, nothing else is read.
bool is_pack_name(std::string_view name);

// A name of any bytes for a message: what is not visible ASCII becomes "?", and it is cut.
std::string shown_name(std::string_view name);

}  // namespace maru::packs
