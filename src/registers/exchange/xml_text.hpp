// Text of spreadsheet XML.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace maru::registers {

// The name without its namespace prefix.
std::string_view local_name(const char* name);
// The first child with that local name; null node when there is none.
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);
// An attribute by local name: "id" finds r:id, too, but never sheetId.
std::string_view attribute(const pugi::xml_node& node, std::string_view name);

// The text of <si> or <is>: runs joined, phonetic guides (rPh, furigana) left out, _x000D_ decoded.
std::string rich_text(const pugi::xml_node& node);
// ST_Xstring (ECMA-376 part 1, 22.9.2.19): _xHHHH_ is the character with that code.
std::string unescape_xstring(std::string_view text);

// Parses in place; `what` names the part in the error.
Result<void> parse_xml(pugi::xml_document& document, std::string& text, std::string_view what);

}  // namespace maru::registers
