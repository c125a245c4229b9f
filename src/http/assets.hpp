// Files that are part of the binary: the web interface. Compressed when they were packed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace maru::http {

struct Asset {
    std::string_view path;  // "index.html", "assets/index-3f2a91.js"
    std::string_view content_type;
    std::string_view plain;
    std::string_view gzip;   // "" where that is no smaller
    std::string_view etag;   // "\"…\"" of the plain bytes
    bool immutable = false;  // its name holds a hash of its content
};

// The asset as an answer to this request: 200, 304, gzip where it is accepted, Cache-Control by `immutable`.
Response serve(const Request& request, const Asset& asset);

}  // namespace maru::http
