// Users as the registers have them: app_user, custom_role and the managers of persons. Immutable; read again
// after a change of one of these registers (Directory::concerns).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/day.hpp"
#include "identity/permissions.hpp"
#include "identity/principal.hpp"
#include "registers/schema.hpp"
#include "store/database.hpp"

namespace maru::identity {

struct User {
    std::int64_t id = 0;
    std::int64_t person = 0;  // 0: somebody from outside
    std::string name;
    std::string mail;
    Language language = Language::ja;
    std::set<Role> roles;  // with member and manager, which follow from the others and from persons
    std::vector<std::string> custom_roles;
    std::vector<std::string> items;
    std::optional<Day> from, to;  // first and last day
    bool disabled = false;

    bool is_active(Day today) const;
};

class Directory {
public:
    // Of a reader's snapshot. An organisation whose schema has no app_user has no users.
    static Result<std::shared_ptr<const Directory>> read(store::Database& reader,
                                                         const registers::Schema& schema);
    static bool concerns(std::string_view register_name);

    const User* find(std::int64_t user) const;
    const User* by_mail(std::string_view mail) const;  // compared without regard to case and width
    const User* by_person(std::int64_t person) const;
    const std::map<std::int64_t, User>& all() const { return users_; }
    // By code of the custom role. Grants that name no register are left out.
    const std::map<std::string, std::vector<Grant>>& grants() const { return grants_; }
    // Who the user is; credential, scope and second factor are the caller's to fill.
    Principal principal(const User& user) const;

private:
    std::map<std::int64_t, User> users_;
    std::map<std::string, std::int64_t, std::less<>> by_mail_;
    std::map<std::int64_t, std::int64_t> by_person_;
    std::map<std::int64_t, std::set<std::int64_t>> reports_;  // of persons who are users, at any depth
    std::map<std::string, std::vector<Grant>> grants_;
};

// "  Taro@Example.JP " → "taro@example.jp": one form for looking up and counting failures.
std::string normal_mail(std::string_view mail);

}  // namespace maru::identity
