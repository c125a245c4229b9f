// The target of a request (RFC 9112 section 3.2), decoded.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace maru::http {

using Query = std::vector<std::pair<std::string, std::string>>;

struct Target {
    std::string authority;  // "example.jp:8080" of the absolute form, else ""
    std::string path;       // as Request::path promises
    Query query;
};

// "/path?query" or "http://authority/path?query". invalid: what Request::path forbids, wrong percent signs,
// more than 256 parameters.
Result<Target> parse_target(std::string_view written);

// application/x-www-form-urlencoded, also of forms: "+" is a space.
Result<Query> parse_query(std::string_view written);

// The way back: everything but unreserved characters is percent-encoded; of a path "/" stays.
std::string encode_component(std::string_view text);
std::string encode_path(std::string_view path);

}  // namespace maru::http
