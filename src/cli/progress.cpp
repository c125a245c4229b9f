#include "cli/progress.hpp"

#include <fmt/core.h>

#include <ostream>
#include <string>

#include "cli/session.hpp"

namespace maru::cli {

namespace {

constexpr std::size_t rows_worth_a_bar = 2000;
constexpr std::size_t bar_width = 30;  // columns

}  // namespace

std::function<void(std::size_t, std::size_t)> progress_bar(const Session& session) {
    return [&session](std::size_t done, std::size_t total) {
        if (total < rows_worth_a_bar) return;
        const std::size_t filled = bar_width * done / total;
        std::string bar;
        for (std::size_t i = 0; i < bar_width; ++i) bar += i < filled ? "█" : "░";
        session.progress << fmt::format("\r{} {:3} %  {}/{}", bar, 100 * done / total, done, total)
                         << (done == total ? "\n" : "") << std::flush;
    };
}

}  // namespace maru::cli
