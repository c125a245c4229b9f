#include "server/serve.hpp"

#include <ostream>

#include "cli/session.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

std::string address_name(const fs::path& folder) {
    std::error_code ignored;
    const fs::path full = fs::absolute(folder, ignored).lexically_normal();
    return (full.has_filename() ? full : full.parent_path()).filename().string();
}

Result<server::Configuration> configuration_of(const Session& session, const ServeCommand& command) {
    server::Configuration out;
    if (!command.configuration.empty()) out = TRY(server::read_configuration(command.configuration));
    for (const fs::path& folder : command.folders)
        out.organisations.push_back({address_name(folder), folder});
    if (out.organisations.empty()) {
        const fs::path folder = TRY(session.organisation_folder());
        out.organisations.push_back({address_name(folder), folder});
    }
    if (!command.listen.empty()) out.listen = command.listen;
    out.dev_tls = out.dev_tls || command.dev_tls;
    return out;
}

}  // namespace

Result<int> run(const Session& session, const ServeCommand& command) {
    if (command.print_configuration) {
        session.out << server::documented_configuration(session.common.language);
        return 0;
    }
    if (command.print_openapi) {
        session.out << TRY(server::api_description(session.catalog()));
        return 0;
    }
    const server::ServeOptions options{TRY(configuration_of(session, command)),
                                       session.catalog(),
                                       session.environment,
                                       session.common.language,
                                       session.out,
                                       session.warnings,
                                       command.link ? server::Links::wanted : server::Links::first_only,
                                       MARU_VERSION};
    TRY(server::serve(options));
    return 0;
}

}  // namespace maru::cli
