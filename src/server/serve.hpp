// The server: configuration, organisations, routes, housekeeping. The only room that knows them all.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>

#include "core/text.hpp"
#include "registers/organisation.hpp"
#include "server/configuration.hpp"

namespace maru::server {

// One-time links that are printed: only for an organisation that has no users yet, or also to sign in as its
// security manager.
enum class Links { first_only, wanted };

struct ServeOptions {
    Configuration configuration;
    std::filesystem::path catalog;
    registers::Environment environment;
    Language language = Language::ja;
    std::ostream& out;       // where it listens, one-time links
    std::ostream& warnings;  // what the operator must know, the access log
    Links links = Links::first_only;
    std::string program = "";  // version of maru
};

// Serves until SIGTERM or SIGINT, then finishes what was begun. Errors are those of starting: an organisation
// that cannot be opened, an address that is taken, a certificate that cannot be read.
Result<void> serve(const ServeOptions& options);

// The API as OpenAPI 3.1, for people who make clients.
Result<std::string> api_description(const std::filesystem::path& catalog);

}  // namespace maru::server
