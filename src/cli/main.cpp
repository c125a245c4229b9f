// maru: a list. Parse, make the session, run the command, say what went wrong.
#include <sys/ioctl.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <iostream>

#include "cli/session.hpp"
#include "crypto/hash.hpp"

namespace {

using namespace maru;

std::size_t terminal_width() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    const char* columns = std::getenv("COLUMNS");  // NOLINT(concurrency-mt-unsafe): before any thread starts
    return columns && std::atoi(columns) > 40 ? static_cast<std::size_t>(std::atoi(columns)) : 120;
}

Result<Clock> clock_of(const cli::Common& common) {
    if (common.clock.empty()) return system_now;
    const auto instant = parse_instant(common.clock);
    if (!instant) return std::unexpected(prefixed("--clock", instant.error()));
    return [fixed = *instant] { return fixed; };
}

class NullBuffer : public std::streambuf {
    int overflow(int c) override { return c; }
};

Result<int> run(const cli::Arguments& arguments, const char* program) {
    const Clock clock = TRY(clock_of(arguments.common));
    const bool terminal = isatty(STDOUT_FILENO) != 0;
    NullBuffer nowhere;
    std::ostream silent(&nowhere);
    const cli::Session session{arguments.common, {clock, crypto::random_bytes},
                               std::cout,        isatty(STDERR_FILENO) ? std::cerr : silent,
                               terminal_width(), terminal && !std::getenv("NO_COLOR"),
                               program};
    return std::visit([&](const auto& command) { return cli::run(session, command); }, *arguments.command);
}

}  // namespace

int main(int count, char** words) {
    const cli::Arguments arguments = cli::parse_arguments(count, words);
    if (!arguments.command) return arguments.exit_code;
    const Result<int> result = run(arguments, words[0]);
    std::cout.flush();
    if (!result) {
        std::cerr << "maru: " << result.error().message.in(arguments.common.language) << "\n";
        return 2;
    }
    if (!std::cout) {
        std::cerr << (arguments.common.language == Language::ja
                          ? "maru: 出力できません。空き容量を確かめてください。\n"
                          : "maru: cannot write the output; look at the free space.\n");
        return 2;
    }
    return *result;
}
