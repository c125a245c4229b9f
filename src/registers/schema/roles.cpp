#include "schema/roles.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace maru::registers {

std::vector<std::string> read_roles(TomlReader& reader, std::string_view key,
                                    std::vector<std::string> otherwise) {
    static const std::vector<std::string> known{
        "everyone", "self",    "manager",        "security_office",      "hr",    "security_manager",
        "it",       "auditor", "top_management", "system_administrator", "nobody"};
    std::vector<std::string> roles = reader.texts(key);
    if (!reader.has(key)) return otherwise;
    for (const std::string& role : roles) {
        if (std::ranges::find(known, role) != known.end()) continue;
        reader.refuse(
            key, {fmt::format("役割「{}」はありません。次から選んでください: {}", role, join(known, ", ")),
                  fmt::format("there is no role {}; roles are {}", role, join(known, ", "))});
    }
    if (roles.empty()) reader.refuse(key, {"役割を1つ以上書いてください。", "needs at least one role"});
    return roles;
}

}  // namespace maru::registers
