// One request to one organisation, and the endpoints that answer: what resources are written against.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/problem.hpp"
#include "api/site.hpp"
#include "http/router.hpp"
#include "identity/permissions.hpp"

namespace maru::api {

// Who asks, and what they may.
struct Caller {
    std::shared_ptr<const identity::Principal> who;
    identity::Permissions may;
};

struct Call {
    http::Request& request;
    const http::Captures& path;
    Site& site;
    const Caller* caller = nullptr;  // null only where Guard::anybody lets it be
    Language language = Language::ja;

    const identity::Principal& who() const { return *caller->who; }
    const identity::Permissions& may() const { return caller->may; }
    const char* say(const char* ja, const char* en) const { return language == Language::ja ? ja : en; }
    // A query parameter; "" when it is not there.
    std::string parameter(std::string_view name) const;
    // invalid, naming the parameter, when it is no number within the bounds.
    Result<std::int64_t> number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                std::int64_t most) const;
    Result<std::optional<Day>> day(std::string_view name) const;
    // The body as one JSON object. invalid: other types, broken JSON, keys twice, no object.
    Result<boost::json::object> body() const;
    // forbidden unless the caller may.
    Result<void> expect(identity::Action action) const;
    // Lines of the access record, where fields of the register that the caller sees are personal: these
    // records were shown, or all that there are.
    void note_read(const registers::Register& of, std::vector<std::int64_t> records) const;
    void note_read_all(const registers::Register& of) const { note_read(of, {}); }
    // Tells who listens how far long work is, each percent once, under the name in the parameter `job`;
    // nobody when there is none.
    std::function<void(std::size_t done, std::size_t total)> progress() const;
    // What If-Match demands (RFC 9110 section 13.1.1): "v3", or * for any; nullopt when nothing is demanded.
    Result<std::optional<std::int64_t>> expected_version() const;
    // The reader of what `at` (a number of ledger entries; none = now) asks for.
    Result<Readers::Lease> reader() const;
};

// A query parameter, as the OpenAPI document describes it.
struct Parameter {
    std::string name;
    std::string says;
    std::string type = "string";  // JSON Schema's: string, integer, boolean; "day" = a date
};

enum class Guard {
    signed_in,  // 401 without a session or token
    anybody,    // the caller may be nobody
};

struct Endpoint {
    http::Method method = http::Method::get;
    std::string pattern;  // below /o/{organisation}/api/v1
    std::string id;       // operationId
    std::string tag;      // section of the reference
    std::string summary;
    std::vector<Parameter> query{};
    std::string takes{};  // schema of the body by its name in components, or a media type; "" = no body
    std::string gives{};  // the same of the answer
    std::function<Result<http::Response>(Call&)> run;
    // What can be said without the body, from memory alone: asked before `run`, of large bodies also before
    // they are read.
    std::function<Result<void>(const Call&)> admits{};
    Guard guard = Guard::signed_in;
    http::Work work = http::Work::slow;
    std::size_t body_limit = 1 << 20;
    bool secret = false;  // request or answer hold secrets: not remembered under an Idempotency-Key
};

// 200 unless said otherwise; no-store: what a person may see is nobody else's.
http::Response json_response(const boost::json::value& value, int status = 200);
http::Response no_content();

// What programs are told about a change: {"register", "id", "version", "index", "kind"}.
boost::json::object json_of(const registers::Change& change);

}  // namespace maru::api
