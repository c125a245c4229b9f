// Requests that may be sent again without being done again (draft-ietf-httpapi-idempotency-key-header).
#pragma once

#include <functional>

#include "api/problem.hpp"
#include "api/site.hpp"
#include "http/message.hpp"

namespace maru::api {

// Runs `work` unless a change with the same Idempotency-Key of the same user was answered in the last 24
// hours: then that answer again. 422 when the key was used for something else, 409 while the first one runs.
// Answers of 500 and above are forgotten, so that the next attempt is a fresh one. Without a key, or for
// requests that change nothing, it just runs.
http::Response once(Site& site, std::int64_t user, const http::Request& request, Language language,
                    const std::function<http::Response()>& work);

}  // namespace maru::api
