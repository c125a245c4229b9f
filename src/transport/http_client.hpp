// Asking other machines over HTTP. The only room that sees libcurl.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace maru::transport {

// Whom a request may reach. `public_only` refuses loopback, private and other special addresses (IANA
// registries of RFC 6890) after the name was resolved, for addresses that somebody else chose. Behind a proxy
// it is the proxy's address that is looked at.
enum class Reach { anywhere, public_only };

struct HttpRequest {
    enum class Method { get, post, put, patch, remove } method = Method::get;
    std::string url;           // http:// or https://
    std::string content_type;  // of the body
    std::string body;          // of a post or put
    std::vector<std::pair<std::string, std::string>> headers{};
    Reach reach = Reach::anywhere;
    std::chrono::milliseconds patience{10'000};  // for everything, from the name to the last byte
    std::size_t largest_answer = 1024 * 1024;    // bytes
};

struct HttpAnswer {
    int status = 0;
    std::string content_type;  // "" when there is none
    std::string body;
};

// Sends it once: no redirects, certificates are verified, proxies come from the environment as curl(1) reads
// it. Any status is an answer. Errors name the address: invalid = no such address, a header with a line
// break, or an answer above the limit; forbidden = the address is not public; unavailable = nobody answered
// in time.
Result<HttpAnswer> send(const HttpRequest& request);

}  // namespace maru::transport
