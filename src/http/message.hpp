// HTTP requests and answers (RFC 9110) as plain values: what handlers see. Knows no domain word.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.hpp"

namespace maru::http {

enum class Method { get, head, post, put, patch, remove, options };
std::string_view name_of(Method method);  // "GET", …, "DELETE"

// Names are compared without regard to case; a name may come several times.
class Headers {
public:
    // The first of that name; nullopt when there is none.
    std::optional<std::string_view> find(std::string_view name) const;
    void set(std::string name, std::string value);  // replaces all of that name
    void add(std::string name, std::string value);
    void remove(std::string_view name);
    const std::vector<std::pair<std::string, std::string>>& all() const { return headers_; }

private:
    std::vector<std::pair<std::string, std::string>> headers_;
};

struct Request {
    Method method = Method::get;
    // Decoded (RFC 3986) and checked: begins with "/", UTF-8, no control characters, no "." or ".." segment,
    // no empty segment but the last ("/o/maru/"), no encoded "/" and no "\".
    std::string path;
    std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
    Headers headers;
    std::string body;  // empty when it was spooled
    // A body above Limits::memory_body: a file that goes when the answer is made. Renaming it keeps it.
    std::optional<std::filesystem::path> body_file;
    std::string id;       // of this request, also in its answer as X-Request-Id: "7F3A-21C0"
    std::string peer;     // address of who asks; behind a trusted proxy the one it names
    bool secure = false;  // came by TLS, to us or to a trusted proxy

    std::optional<std::string_view> parameter(std::string_view name) const;  // the first of that name
    std::optional<std::string> cookie(std::string_view name) const;          // RFC 6265
};

// Server-sent events (HTML standard 9.2). Whoever holds it sends; the connection listens. Any thread.
class EventStream {
public:
    EventStream();
    ~EventStream();
    // invisible to nobody: dropped when the reader is gone. `data` may have several lines. False once the
    // reader has left or has not read the last 256 events: time to forget the stream.
    bool send(std::string_view event, std::string_view data, std::string_view id = "");
    void close();

    struct Impl;
    Impl& impl() { return *impl_; }  // for the connection

private:
    std::unique_ptr<Impl> impl_;
};

using SharedText = std::shared_ptr<const std::string>;
// Bytes that outlive the server, such as assets.
struct LastingText {
    std::string_view bytes;
};
using Content =
    std::variant<std::monostate, std::string, SharedText, LastingText, std::shared_ptr<EventStream>>;

struct Response {
    int status = 200;
    Headers headers;
    Content content;

    std::string_view text() const;  // "" for streams
};

Response text_response(int status, std::string content_type, std::string body);
Response redirect(std::string location, int status = 303);

// A strong entity tag of a content, with its quotes: of its SHA-256.
std::string entity_tag(std::string_view content);

// False when If-Match is there and does not name this tag (RFC 9110 section 13.1.1): answer with 412.
bool satisfies_match(const Request& request, std::string_view tag);

// A strong entity tag of the content ("\"…\"", of its SHA-256) where the answer has none, and 304 or 412
// where the request's conditions say so (RFC 9110 section 13). For answers with status 200 and a text.
void apply_conditions(const Request& request, Response& response);

}  // namespace maru::http
