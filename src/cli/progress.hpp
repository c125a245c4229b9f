// Long work on a terminal.
#pragma once

#include <cstddef>
#include <functional>

namespace maru::cli {

struct Session;

// "████████░░░░  62 %  62000/100000": drawn only on a terminal, and only for work that takes a while.
std::function<void(std::size_t done, std::size_t total)> progress_bar(const Session& session);

}  // namespace maru::cli
