// The status line and headers of an answer as bytes (RFC 9112).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/day.hpp"
#include "http/message.hpp"

namespace maru::http {

struct HeadFacts {
    std::string_view date;                // http_date
    std::string_view request_id;          // "" for none
    std::optional<std::uint64_t> length;  // none: in chunks, or until the connection ends (HTTP/1.0)
    bool keep_alive = true;
    bool http_1_0 = false;
};

void append_head(std::string& out, const Response& response, const HeadFacts& facts);
void append_chunk(std::string& out, std::string_view bytes);  // no bytes: the last one

std::string http_date(Instant instant);  // "Sun, 06 Nov 1994 08:49:37 GMT"
bool has_no_content(int status);         // 1xx, 204, 304

}  // namespace maru::http
