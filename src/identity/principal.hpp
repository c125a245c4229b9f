// Who asks, and with what rights.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/text.hpp"

namespace maru::identity {

// Roles that register files name in `read` and `write`, and those of the product. Codes as in the register
// app_user: "top_management", "security_manager", "security_office" (事務局), "hr", "it", "manager",
// "member", "auditor", "system_administrator". Every user is a member ("everyone" in register files) except
// auditors, who are only when they were made members, too. Roles add up; none takes anything away.
enum class Role {
    top_management,
    security_manager,
    security_office,
    hr,
    it,
    manager,  // of the people whose `manager` the person is; nobody holds it otherwise
    member,
    auditor,
    system_administrator,
};
std::string_view code_of(Role role);
std::optional<Role> parse_role(std::string_view code);
Text name_of(Role role);

// What a token may do at most.
enum class TokenScope { read, write, admin };

struct Principal {
    std::int64_t user = 0;    // record in register app_user
    std::int64_t person = 0;  // record in register person; 0: an auditor from outside
    std::string name;         // for people
    std::string mail;
    Language language = Language::ja;
    std::set<Role> roles;
    std::vector<std::string> custom_roles;  // codes of records in register custom_role
    std::vector<std::string> items;         // an auditor's items; none = all of every sheet
    std::set<std::int64_t> reports;         // people whose manager this person is, at any depth
    enum class By { session, token } by = By::session;
    std::int64_t credential = 0;  // of the session or token in access.db
    TokenScope scope = TokenScope::admin;
    bool second_factor = false;  // this session proved one

    bool has(Role role) const { return roles.contains(role); }
    // As ledger entries name who acted: "person:17"; somebody from outside "user:23".
    std::string actor() const {
        return person != 0 ? "person:" + std::to_string(person) : "user:" + std::to_string(user);
    }
};

}  // namespace maru::identity
