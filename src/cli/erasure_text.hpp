// What an erasure would do, in words.
#pragma once

#include <filesystem>

#include "cli/session.hpp"
#include "registers/erasure.hpp"

namespace maru::cli {

void print_plan(const Session& session, const registers::ErasurePlan& plan,
                const std::filesystem::path& folder);

}  // namespace maru::cli
