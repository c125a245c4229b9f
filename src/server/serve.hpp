// The server: configuration, organisations, routes, housekeeping. The only room that knows them all.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>

#include "core/text.hpp"
#include "registers/organisation.hpp"
#include "server/configuration.hpp"

namespace maru::server {

struct ServeOptions {
    Configuration configuration;
    std::filesystem::path catalog;
    registers::Environment environment;
    Language language = Language::ja;
    std::ostream& out;       // where it listens, one-time links
    std::ostream& warnings;  // what the operator must know, the access log
};

// Serves until SIGTERM or SIGINT, then finishes what was begun. Errors are those of starting: an organisation
// that cannot be opened, an address that is taken, a certificate that cannot be read.
Result<void> serve(const ServeOptions& options);

}  // namespace maru::server
