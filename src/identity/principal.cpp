#include "identity/principal.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace maru::identity {

namespace {

struct Named {
    Role role;
    std::string_view code;
    std::string_view ja, en;
};

constexpr std::array roles{
    Named{Role::top_management, "top_management", "経営者", "Top management"},
    Named{Role::security_manager, "security_manager", "情報セキュリティ管理者", "Security manager"},
    Named{Role::security_office, "security_office", "情報セキュリティ事務局", "Security office"},
    Named{Role::hr, "hr", "人事・総務", "Human resources"},
    Named{Role::it, "it", "情報システム", "IT"},
    Named{Role::manager, "manager", "上長", "Manager"},
    Named{Role::member, "member", "メンバー", "Member"},
    Named{Role::auditor, "auditor", "監査人", "Auditor"},
    Named{Role::system_administrator, "system_administrator", "システム管理者", "System administrator"},
};

const Named& named(Role role) { return *std::ranges::find(roles, role, &Named::role); }

}  // namespace

std::string_view code_of(Role role) { return named(role).code; }

std::optional<Role> parse_role(std::string_view code) {
    const auto* found = std::ranges::find(roles, code, &Named::code);
    if (found == roles.end()) return std::nullopt;
    return found->role;
}

Text name_of(Role role) { return {std::string(named(role).ja), std::string(named(role).en)}; }

}  // namespace maru::identity
