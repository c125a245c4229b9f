// Ledger entries as JSON.
#pragma once

#include <boost/json/fwd.hpp>
#include <string_view>

#include "api/call.hpp"

namespace maru::api {

// {"index", "at", "kind"} and, where somebody was named, "by": {"id", "key", "title"}.
Result<boost::json::object> entry_json(const Readers::Lease& reader, std::int64_t index, Language language);

// The person in "person:17"; nullopt for other actors.
std::optional<std::int64_t> person_of(std::string_view actor);

}  // namespace maru::api
