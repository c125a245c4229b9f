// Parts of JSON documents that several of them have (docs/formats/sheet.md).
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>

#include "sheets/verdict.hpp"

namespace maru::sheets {

boost::json::value day_or_null(const std::optional<Day>& day);
boost::json::object both(const Text& text);
boost::json::object counts_json(const checks::Counts& counts);
// Two spaces of indent, one line feed at the end.
std::string pretty(const boost::json::value& value);

}  // namespace maru::sheets
