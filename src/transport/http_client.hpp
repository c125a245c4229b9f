// Asking other machines over HTTP. The only room that sees libcurl.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "core/result.hpp"

namespace maru::transport {

struct HttpRequest {
    enum class Method { get, post } method = Method::get;
    std::string url;                             // http:// or https://
    std::string content_type;                    // of the body
    std::string body;                            // of a post
    std::chrono::milliseconds patience{10'000};  // for everything, from the name to the last byte
    std::size_t largest_answer = 1024 * 1024;    // bytes
};

struct HttpAnswer {
    int status = 0;
    std::string content_type;  // "" when there is none
    std::string body;
};

// Sends it once: no redirects, certificates are verified, proxies come from the environment as curl(1) reads
// it. Any status is an answer. Errors name the address: invalid = no such address or an answer above the
// limit, unavailable = nobody answered in time.
Result<HttpAnswer> send(const HttpRequest& request);

}  // namespace maru::transport
