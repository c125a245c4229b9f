// The description of the API itself.
#include <boost/json.hpp>

#include "api/endpoints.hpp"
#include "api/openapi.hpp"
#include "api/service.hpp"

namespace maru::api {

namespace json = boost::json;

namespace {

Result<http::Response> document(Call& call) {
    http::Response response = json_response(TRY(openapi(call.site.catalog(), all_endpoints())));
    response.headers.set("Cache-Control", "no-cache");
    http::apply_conditions(call.request, response);
    return response;
}

Result<http::Response> page(Call& call) {
    return http::text_response(200, "text/html; charset=utf-8",
                               reference_page(TRY(openapi(call.site.catalog(), all_endpoints()))));
}

}  // namespace

Result<std::string> description(const Catalog& catalog) {
    return json::serialize(TRY(openapi(catalog, all_endpoints()))) + "\n";
}

std::vector<Endpoint> document_endpoints() {
    return {{.pattern = "/openapi.json",
             .id = "getOpenApi",
             .tag = "about",
             .summary = "This document",
             .gives = "application/openapi+json",
             .run = document,
             .guard = Guard::anybody},
            {.pattern = "/reference",
             .id = "getReference",
             .tag = "about",
             .summary = "This document for people",
             .gives = "text/html",
             .run = page,
             .guard = Guard::anybody}};
}

}  // namespace maru::api
