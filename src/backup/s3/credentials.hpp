// Whom a bucket lets in.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace maru::backup {

struct Credentials {
    std::string key, secret, session;
};

// Lines "name = value" before any section or in [default]; others are ignored. invalid: key or secret
// missing.
Result<Credentials> parse_credentials(std::string_view text);
// "" = from the environment. Errors name the file or the variables; forbidden: others may read the file.
Result<Credentials> read_credentials(const std::filesystem::path& file);

std::string environment(const char* name);  // "" when it is not set

}  // namespace maru::backup
