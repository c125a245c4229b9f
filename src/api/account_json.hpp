// What several resources of accounts say in JSON.
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

// {id} of the path. not_found when it is no number.
Result<std::int64_t> id_in_path(const Call& call);

}  // namespace maru::api
