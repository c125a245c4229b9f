// The API of all organisations of a server: finds the organisation, who asks and the endpoint, and makes
// problems of errors. Needs no network: tests call answer().
#pragma once

#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/authentication.hpp"
#include "api/call.hpp"

namespace maru::api {

// Every endpoint there is, in the order of the reference.
std::vector<Endpoint> all_endpoints();

struct ServiceOptions {
    // Who asks; tests name people themselves.
    std::function<std::expected<Authenticated, Problem>(Site&, const http::Request&)> who_asks = authenticate;
};

class Service {
public:
    explicit Service(const Catalog& catalog, ServiceOptions options = {});
    ~Service();

    // invalid: a name that is none (a-z, 0-9, -, at most 40) or there twice. Otherwise as Site::open.
    Result<Site*> add_site(Site::Options options);
    Site* site(std::string_view name) const;
    const std::map<std::string, std::unique_ptr<Site>, std::less<>>& sites() const { return sites_; }

    // Below /o/{organisation}/api/v1. The service must outlive them.
    std::vector<http::Route> routes();
    // What http::Options::problem asks for.
    static http::Response protocol_problem(const http::Request* request, int status, const Text& why);

private:
    struct Asked;
    // Who asks, or the refusal.
    std::expected<Asked, http::Response> asked(const Endpoint& endpoint, const http::Request& request,
                                               const http::Captures& path) const;
    std::optional<http::Response> refusal(const Endpoint& endpoint, http::Request& request,
                                          const http::Captures& path) const;
    http::Response answer(const Endpoint& endpoint, http::Request& request, const http::Captures& path);
    const Catalog* catalog_;
    ServiceOptions options_;
    std::vector<Endpoint> endpoints_;
    std::map<std::string, std::unique_ptr<Site>, std::less<>> sites_;
};

// The language that the request asks for (RFC 9110 section 12.5.4): ja or en; `otherwise` when it does not
// say.
Language language_of(const http::Request& request, Language otherwise);

}  // namespace maru::api
