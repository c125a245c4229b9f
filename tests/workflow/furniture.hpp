// What people in tests ask for.
#pragma once

#include <string>

#include "registers/records.hpp"

namespace maru::workflow {

inline registers::WrittenFields personal_phone(const std::string& holder, const std::string& owner) {
    return {{"code", "PH003"},   {"name", "iPhone 15"},     {"kind", "phone"},
            {"platform", "ios"}, {"ownership", "personal"}, {"state", "in_use"},
            {"holder", holder},  {"owner", owner},          {"in_use_from", "2025-04-01"}};
}

inline registers::WrittenFields server_room(const std::string& owner) {
    return {{"code", "Z-SERVER"},
            {"name", "機器室"},
            {"kind", "server_room"},
            {"site", "本社"},
            {"bans_personal_devices", "true"},
            {"owner", owner},
            {"opened_on", "2022-04-01"}};
}

}  // namespace maru::workflow
