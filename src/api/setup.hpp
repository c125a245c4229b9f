// The first user of an organisation.
#pragma once

#include <boost/json/fwd.hpp>

#include "api/site.hpp"
#include "identity/access_store.hpp"

namespace maru::api {

// Security manager and system administrator: the link's person, or `person` (natural key) of the body, or who
// has its `mail`, or where there are no persons yet a new one of name, code, employment and joined_on. `mail`
// is the body's or the person's.
// Returns the user's id. All of it or nothing.
Result<std::int64_t> make_first_user(Site& site, const identity::Link& link, const boost::json::object& body);

}  // namespace maru::api
