// The API of one organisation on a server, asked with a token.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/session.hpp"
#include "transport/http_client.hpp"

namespace maru::cli {

class Client {
public:
    // invalid: no such address, no token; forbidden: others may read the token's file.
    static Result<Client> open(const Session& session);

    using Query = std::vector<std::pair<std::string, std::string>>;  // what is "" is left out
    struct Sent {
        transport::HttpRequest::Method method = transport::HttpRequest::Method::post;
        std::string body;
        std::string type = "application/json";
        std::string if_match{};
    };
    // Paths stand below /api/v1. Any status but 2xx is the server's problem as an error.
    Result<std::string> get(const std::string& path, const Query& query = {}) const;
    Result<boost::json::object> get_json(const std::string& path, const Query& query = {}) const;
    Result<boost::json::object> send(const std::string& path, const Sent& sent) const;
    // The body whatever the status: for answers that are a report when they refuse.
    Result<transport::HttpAnswer> answer(const std::string& path, const Sent& sent) const;
    // Of such an answer, as an error.
    std::unexpected<Error> problem(const std::string& path, const transport::HttpAnswer& answer) const;

private:
    Client(const Session& session, std::string base, std::string token)
        : session_(&session), base_(std::move(base)), token_(std::move(token)) {}
    transport::HttpRequest request(const std::string& path) const;

    const Session* session_;
    std::string base_;  // …/api/v1
    std::string token_;
};

// One part of a path, percent-encoded.
std::string path_part(std::string_view text);

}  // namespace maru::cli
