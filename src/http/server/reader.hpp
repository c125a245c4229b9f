// Takes requests out of bytes (RFC 9112). Stricter than its standard where leniency lets two programs read
// one text differently: no bare LF, no folded lines, one Content-Length, no other coding than "chunked".
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "http/message.hpp"
#include "server/buffer.hpp"

namespace maru::http {

// Why a request is not served; the connection ends after saying so.
struct Refusal {
    int status = 400;
    Text why;
};

enum class Progress { incomplete, complete, refused };

class RequestReader {
public:
    explicit RequestReader(std::uint32_t header_limit);
    ~RequestReader();

    // Takes the next request's line and headers into `request` once they are all there.
    Progress read_head(Buffer& input, Request& request);
    // Appends what came of the body to request.body.
    Progress read_body(Buffer& input, Request& request);
    void limit_body(std::uint64_t bytes);
    void reset();  // for the next request
    bool begun() const;

    bool has_body() const;
    std::optional<std::uint64_t> content_length() const;
    bool keep_alive() const;
    bool is_http_1_0() const;
    bool expects_continue() const;
    const Refusal& refusal() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::http
