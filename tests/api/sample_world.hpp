// A copy of the sample organisation, served without a network, and those who speak to it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "api/service.hpp"
#include "http/router.hpp"
#include "tests/store/temporary_folder.hpp"
#include "text_conversation.hpp"

namespace maru::api {

// One for all tests.
const Catalog& sample_catalog();

class SampleWorld {
public:
    SampleWorld();

    void at(const std::string& clock) { now_ = parse_instant(clock).value(); }
    void at(Instant now) { now_ = now; }
    Instant now() const { return now_; }
    // Who speaks: README.md. Names are replaced in all that is sent; "${totp_code}" is the code of now for
    // the secret "${totp_secret}".
    http::Response ask(const conversation::Turn& turn, conversation::Names& names);

    Service& service() { return service_; }
    Site& site() { return *service_.site("sample"); }
    const http::Router& router() const { return router_; }
    // What a browser of that name sends from now on: "maru-sample=…".
    void set_cookie(const std::string& browser, std::string cookie) { cookies_[browser] = std::move(cookie); }
    const std::string& cookie(const std::string& browser) { return cookies_[browser]; }

private:
    std::expected<Authenticated, Problem> authenticated(Site& site, const http::Request& request) const;
    http::Response answer(const std::string& method, http::Request& request);
    void identify(http::Request& request);

    store::TemporaryFolder folder_;
    Instant now_;
    std::string who_;
    std::map<std::string, std::string> cookies_;  // by browser
    http::Router router_;
    Service service_;
};

// Why the answer is not what the turn demands, one line for each reason; "" when it is.
std::string differs(const conversation::Turn& turn, const http::Response& response,
                    conversation::Names& names);

}  // namespace maru::api
