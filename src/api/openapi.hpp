// The OpenAPI 3.1 document of the API: generated from the endpoints, the registers and
// catalog/api/schemas.json.
#pragma once

#include <boost/json/fwd.hpp>
#include <span>
#include <string>

#include "api/call.hpp"

namespace maru::api {

// invalid, naming what is missing: a schema that an endpoint names, a file that is no JSON. Every path begins
// with /o/{organisation}/api/v1.
Result<boost::json::object> openapi(const Catalog& catalog, std::span<const Endpoint> endpoints);

// Of every endpoint, as text.
Result<std::string> description(const Catalog& catalog);

// The same for people: one page without script.
std::string reference_page(const boost::json::object& document);

}  // namespace maru::api
