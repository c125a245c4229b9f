// What several resources of accounts share.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <set>
#include <string_view>

#include "api/call.hpp"
#include "identity/principal.hpp"

namespace maru::api {

boost::json::array json_of_roles(const std::set<identity::Role>& roles, Language language);
std::string_view name_of(identity::TokenScope scope);
std::optional<identity::TokenScope> parse_scope(std::string_view name);

// An endpoint whose requests or answers hold secrets, tag "account": they are small, and not remembered under
// an Idempotency-Key.
Endpoint account_endpoint(http::Method method, std::string pattern, std::string id, std::string summary,
                          std::function<Result<http::Response>(Call&)> run);
// The same with schemas of the body and the answer.
Endpoint with(Endpoint endpoint, std::string takes, std::string gives);

// {id} of the path. not_found when it is no number.
Result<std::int64_t> id_in_path(const Call& call);

}  // namespace maru::api
