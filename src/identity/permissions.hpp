// What a principal may read and write: register files say by which roles, custom roles add to that, tokens
// and auditors' items take away. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/principal.hpp"
#include "registers/records.hpp"
#include "registers/schema.hpp"

namespace maru::identity {

// Of whose records: none; about oneself; also about people whom one manages; all.
enum class Reach { none, own, team, all };

// A custom role's grant (register custom_role).
struct Grant {
    std::string register_name;
    bool write = false;
};

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
    Permissions(const registers::Schema& schema, const Principal& who,
                std::map<std::string, std::vector<Grant>> custom);

    Reach read(const registers::Register& of) const;
    Reach write(const registers::Register& of) const;
    bool may(Action action) const;
    // Reach narrowed to one record: whose data it is stands in the register's subject field.
    bool may_read(const registers::Register& of, const registers::Record& record) const;
    bool may_write(const registers::Register& of, const registers::Record& record) const;
    // A field of a record that may be read. Hidden fields are left out of answers and cannot be filtered or
    // sorted by.
    bool sees(const registers::Register& of, const registers::Field& field,
              const std::optional<registers::Record>& record) const;
    // Items of a sheet that an auditor was given; everybody else sees all.
    bool sees_item(std::string_view item) const;

private:
    Reach reach_of(const std::vector<std::string>& roles) const;
    bool is_own(const registers::Register& of, const registers::Record& record) const;
    bool is_of_team(const registers::Register& of, const registers::Record& record) const;
    const registers::Schema* schema_;
    const Principal* who_;
    std::map<std::string, Reach> granted_read_, granted_write_;
};

}  // namespace maru::identity
