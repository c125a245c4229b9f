// What a principal may read and write: register files say by which roles, custom roles add to that, tokens
// and auditors' items take away. Pure. docs/formats/identity.md has the rules as tables.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "identity/principal.hpp"
#include "registers/records.hpp"
#include "registers/schema.hpp"

namespace maru::identity {

// Of whose records: none; about oneself; also about people whom one manages; all. (In this order.)
enum class Reach { none, own, team, all };

// A custom role's grant (register custom_role).
struct Grant {
    std::string register_name;
    bool write = false;  // reading alone otherwise
};
// "device:write", "device:read". invalid: neither, or no such register (the nearest names are proposed).
Result<Grant> parse_grant(const registers::Schema& schema, std::string_view written);

enum class Action {
    see_sheets,  // verdicts, checks, forecasts
    see_rows,    // names behind verdicts
    change_claims,
    approve,       // requests and exceptions, never one's own
    manage_users,  // users, roles, invitations
    manage_tokens_of_others,
    see_access_record,  // who read personal data
    erase_people,
    export_packs,
    back_up,
    configure,  // settings, webhooks, mail
    publish,    // the public page's snapshot
};

class Permissions {
public:
    // The principal must outlive it. `custom`: grants by the code of a custom role
    // (Directory::grants). An auditor with chosen items reads `registers_of_items` only (what the checks of
    // those items read).
    explicit Permissions(const Principal& who, const std::map<std::string, std::vector<Grant>>& custom = {},
                         const std::set<std::string>& registers_of_items = {});

    Reach read(const registers::Register& of) const;
    Reach write(const registers::Register& of) const;
    bool may(Action action) const;
    // Security managers grant every role; system administrators only their own and member. So nobody gets
    // to a right by way of an account that they manage: see may_manage.
    bool may_grant(Role role) const;
    // Whether this principal may reset, end or change a user with these roles.
    bool may_manage(const std::set<Role>& roles_of_user) const;
    // Reach narrowed to one record: whose data it is stands in the register's subject field.
    bool may_read(const registers::Register& of, const registers::Record& record) const;
    bool may_write(const registers::Register& of, const registers::Record& record) const;
    // A field of a record that may be read; without a record: of every record. Hidden fields are left out of
    // answers and cannot be filtered or sorted by. A field's own `read` binds everybody, whatever their
    // roles.
    bool sees(const registers::Register& of, const registers::Field& field,
              const registers::Record* record = nullptr) const;
    // Items of a sheet that an auditor was given; everybody else sees all.
    bool sees_item(std::string_view item) const;

private:
    Reach reach_of(const std::vector<std::string>& roles) const;
    Reach granted(const registers::Register& of, bool write) const;
    bool reads_everything(const registers::Register& of) const;
    bool is_limited_to_items() const;
    bool covers(Reach reach, const registers::Register& of, const registers::Record& record) const;
    const Principal* who_;
    std::map<std::string, bool, std::less<>> granted_;  // register → also writing
    std::set<std::string> registers_of_items_;
};

}  // namespace maru::identity
