#include "remote/run.hpp"

#include "cli/remote.hpp"

namespace maru::cli {

namespace remote {

std::unexpected<Error> not_remote(const std::string& option) {
    return fail(
        ErrorKind::invalid,
        {option + " は --server では使えません。外すか、組織のフォルダ（--org）に対して実行してください。",
         option +
             " does not work with --server; leave it out, or run it on the organisation's folder (--org)."});
}

}  // namespace remote

namespace {

// Everything else works on files of the organisation's folder or of this machine.
template <class T>
concept Remote = requires(const Session& session, const T& command) { remote::run(session, command); };

}  // namespace

Result<int> run_remotely(const Session& session, const Command& command) {
    if (session.common.organisation_given)
        return fail(ErrorKind::invalid, {"--org と --server はどちらか一方だけ指定してください。",
                                         "give --org or --server, not both."});
    return std::visit(
        [&]<class T>(const T& chosen) -> Result<int> {
            if constexpr (Remote<T>)
                return remote::run(session, chosen);
            else
                return fail(
                    ErrorKind::invalid,
                    {"このコマンドは --server "
                     "では使えません。組織のフォルダがある機械で実行してください。使えるもの: "
                     "list show put retire history import export sheet tasks diff forecast window",
                     "this command does not work with --server; run it where the organisation's folder is. "
                     "These "
                     "do: list show put retire history import export sheet tasks diff forecast window"});
        },
        command);
}

}  // namespace maru::cli
