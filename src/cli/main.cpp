// maru: a list. Parse, make the session, run the command, say what went wrong.
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "cli/printable.hpp"
#include "cli/remote.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "core/text.hpp"
#include "crypto/hash.hpp"

namespace {

using namespace maru;

constexpr int failed = 2;

Result<int> run(const cli::Common& common, const cli::Command& command) {
    std::ostream silent(nullptr);
    const Clock clock = TRY(cli::clock_of(common));
    registers::Environment environment;
    environment.clock = clock;
    environment.random = crypto::random_bytes;
    environment.anchors = cli::anchor_folder();
    const cli::Session session{common,
                               std::move(environment),
                               std::cout,
                               cli::shows_progress() ? std::cerr : silent,
                               std::cerr,
                               cli::terminal_width(),
                               cli::wants_colour() ? sheets::Colour::ansi : sheets::Colour::plain};
    if (!common.server.empty()) return cli::run_remotely(session, command);
    return std::visit([&](const auto& chosen) { return cli::run(session, chosen); }, command);
}

int complain(const cli::Common& common, const Text& message) {
    std::vector<std::string> lines =
        split(message.in(common.language), '\n');  // of what may repeat a file's text
    for (std::string& line : lines) line = cli::printable(line);
    std::cerr << "maru: " << join(lines, "\n") << "\n";
    return failed;
}

int finish(const cli::Common& common, const cli::Command& command) {
    const Result<int> result = run(common, command);
    std::cout.flush();
    if (!result) return complain(common, result.error().message);
    if (!std::cout)
        return complain(common, {"出力できません。空き容量を確かめてください。",
                                 "cannot write the output; look at the free space."});
    return *result;
}

}  // namespace

int main(int count, char** words) {
    const cli::Arguments arguments = cli::parse_arguments(count, words);
    if (!arguments.command) return arguments.exit_code;
    try {
        return finish(arguments.common, *arguments.command);
    } catch (const std::exception& broken_promise) {
        const std::string what = broken_promise.what();
        return complain(arguments.common, {"予期しない誤りです。開発元に知らせてください: " + what,
                                           "unexpected error; please report it: " + what});
    }
}
