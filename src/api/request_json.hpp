// Requests as JSON, as far as the caller may see them.
#pragma once

#include <boost/json/fwd.hpp>

#include "api/call.hpp"
#include "workflow/desk.hpp"

namespace maru::api {

// A request and its kind on one state; must not outlive the lease.
struct ShownRequest {
    const Readers::Lease& reader;
    const workflow::Kind& kind;
    const workflow::Request& request;
};

// What a list shows: sentence, state, who, when.
Result<boost::json::object> head_of(const Call& call, const ShownRequest& shown);
// And everything that somebody needs to decide: before → after, hash, checks, comments, who decides, what the
// caller may do and why not.
Result<boost::json::object> detail_of(const Call& call, const ShownRequest& shown);

// What can be asked for, with the fields to fill.
boost::json::object json_of(const Call& call, const workflow::Kind& kind);

}  // namespace maru::api
