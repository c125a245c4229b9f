#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "core/wrapping.hpp"

namespace maru::cli {

namespace {

constexpr int narrowest = 20;  // columns; below it nothing can be read

}  // namespace

std::size_t terminal_width() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    const char* columns = std::getenv("COLUMNS");  // NOLINT(concurrency-mt-unsafe): before any thread starts
    const int written = columns == nullptr ? 0 : std::atoi(columns);
    return written >= narrowest ? static_cast<std::size_t>(written) : any_width;
}

bool wants_colour() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before any thread starts
    return isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
}

bool shows_progress() { return isatty(STDERR_FILENO) != 0; }

bool can_ask() { return isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0; }

}  // namespace maru::cli
