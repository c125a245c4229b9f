// Who sends a request: by the session's cookie or an API token.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "api/problem.hpp"
#include "api/site.hpp"
#include "http/message.hpp"
#include "identity/principal.hpp"

namespace maru::api {

struct Authenticated {
    std::shared_ptr<const identity::Principal> who;  // null: the request names nobody
    std::string set_cookie;                          // not "": the session's cookie is replaced by this one
};

// 401 for a session or token that is not good any more; 403 for a change that another site's page asks for
// with our cookie (Fetch Metadata and Origin; OWASP CSRF cheat sheet).
std::expected<Authenticated, Problem> authenticate(Site& site, const http::Request& request);

// Set-Cookie's value for a session's token, "" to take it away. Over TLS "__Host-maru-NAME", HttpOnly,
// Secure, SameSite=Lax; over plain HTTP (a developer's machine) "maru-NAME" without Secure. NAME is the
// organisation's: several share a host.
std::string session_cookie(const http::Request& request, const Site& site, const std::string& token);

// forbidden when a password or cookie would travel in the clear: plain HTTP from another machine.
Result<void> expect_private_channel(const http::Request& request);

// For lists of sessions and for delays after failures.
identity::Origin origin_of(const http::Request& request);

}  // namespace maru::api
