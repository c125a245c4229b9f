// Sending and fetching files over HTTP, signed as services with the S3 protocol ask for.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "transport/http_client.hpp"

namespace maru::transport {

// AWS Signature Version 4. The secret signs and is never sent.
struct Signature {
    std::string region, key, secret;
    std::string session;       // token of temporary credentials; "" = none
    std::string content_hash;  // hex SHA-256 of the body; "" = of no body
};

struct FileTransfer {
    enum class Method { get, head, put, remove } method = Method::get;
    // Path and query as the signature counts them: strictly percent-encoded, the query sorted by name.
    std::string url;
    std::filesystem::path from;  // put: the body
    std::filesystem::path into;  // get: a new file for the body of a 200, for the owner only; "" = the answer
    Signature signature;
    std::chrono::seconds stall{60};  // gives up when nothing moves for so long; there is no limit in total
};

// Sends it once. Any status is an answer; its body is cut at 1 MiB. Errors name the address: invalid = no
// such address or an answer that is too large; unavailable = nobody answered, the connection broke, or a file
// cannot be read or written. What was begun to be written is removed then.
Result<HttpAnswer> transfer(const FileTransfer& request);

}  // namespace maru::transport
