// Members of a body's JSON object, with errors that name them.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace maru::api {

// "" when it is not there. invalid: no text.
Result<std::string> text_member(const boost::json::object& body, std::string_view name);
// invalid also when it is not there or empty.
Result<std::string> required_text(const boost::json::object& body, std::string_view name);

}  // namespace maru::api
