#include "identity/permissions.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace maru::identity {

namespace {

using enum Role;

bool holds_any(const Principal& who, std::initializer_list<Role> roles) {
    return std::ranges::any_of(roles, [&](Role role) { return who.has(role); });
}

bool changes_something(Action action) {
    switch (action) {
        case Action::see_sheets:
        case Action::see_rows:
        case Action::see_access_record:
        case Action::export_packs: return false;
        case Action::change_claims:
        case Action::approve:
        case Action::manage_users:
        case Action::manage_tokens_of_others:
        case Action::erase_people:
        case Action::back_up:
        case Action::configure:
        case Action::publish: return true;
    }
    return true;
}

bool administers(Action action) {
    switch (action) {
        case Action::manage_users:
        case Action::manage_tokens_of_others:
        case Action::erase_people:
        case Action::back_up:
        case Action::configure: return true;
        case Action::see_sheets:
        case Action::see_rows:
        case Action::see_access_record:
        case Action::export_packs:
        case Action::change_claims:
        case Action::approve:
        case Action::publish: return false;
    }
    return true;
}

// What these registers hold is administration: users' rights, configuration.
bool administers(const registers::Register& of) {
    constexpr std::string_view names[] = {"app_user", "custom_role", "setting_value", "webhook"};
    return std::ranges::find(names, of.name) != std::end(names);
}

bool token_allows(const Principal& who, Action action) {
    switch (who.scope) {
        case TokenScope::read: return !changes_something(action);
        case TokenScope::write: return !administers(action);
        case TokenScope::admin: return true;
    }
    return false;
}

bool roles_allow(const Principal& who, Action action) {
    switch (action) {
        case Action::see_sheets: return !who.roles.empty();
        case Action::see_rows:
            return holds_any(who, {top_management, security_manager, security_office, hr, it, auditor});
        case Action::change_claims: return who.has(security_manager);
        case Action::approve: return holds_any(who, {top_management, security_manager, manager});
        case Action::manage_users:
        case Action::manage_tokens_of_others:
        case Action::back_up:
        case Action::configure: return holds_any(who, {security_manager, system_administrator});
        case Action::see_access_record: return holds_any(who, {top_management, security_manager, auditor});
        case Action::erase_people: return who.has(security_manager);
        case Action::export_packs:
            return holds_any(who, {top_management, security_manager, security_office, auditor});
        case Action::publish: return holds_any(who, {top_management, security_manager});
    }
    return false;
}

// One's own user and password live beside the records: nobody is "own" without being a person.
bool is_about(const Principal& who, std::int64_t person) { return person != 0 && person == who.person; }

std::int64_t subject_of(const registers::Register& of, const registers::Record& record) {
    if (of.subject == "id") return record.id;
    for (std::size_t i = 0; i < of.fields.size() && i < record.values.size(); ++i) {
        if (of.fields[i].name != of.subject) continue;
        const auto* scalar = std::get_if<store::Value>(&record.values[i]);
        const auto* person = scalar ? std::get_if<std::int64_t>(scalar) : nullptr;
        return person ? *person : 0;
    }
    return 0;
}

}  // namespace

Result<Grant> parse_grant(const registers::Schema& schema, std::string_view written) {
    const std::string_view text = trim(written);
    const std::size_t colon = text.find(':');
    const std::string_view right = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    if (right != "read" && right != "write")
        return fail(ErrorKind::invalid,
                    {fmt::format("許可「{}」は「台帳名:read」か「台帳名:write」と書いてください。", text),
                     fmt::format("write the grant {} as register:read or register:write", text)});
    const registers::Register* of = TRY(schema.get(text.substr(0, colon)));
    return Grant{of->name, right == "write"};
}

Permissions::Permissions(const Principal& who, const std::map<std::string, std::vector<Grant>>& custom,
                         const std::set<std::string>& registers_of_items)
    : who_(&who), registers_of_items_(registers_of_items) {
    for (const std::string& code : who.custom_roles) {
        const auto role = custom.find(code);
        if (role == custom.end()) continue;
        for (const Grant& grant : role->second) granted_[grant.register_name] |= grant.write;
    }
}

Reach Permissions::reach_of(const std::vector<std::string>& roles) const {
    Reach best = Reach::none;
    for (const std::string& name : roles) {
        Reach reach = Reach::none;
        if (name == "everyone")
            reach = who_->has(member) ? Reach::all : Reach::none;
        else if (name == "self")
            reach = who_->person != 0 ? Reach::own : Reach::none;
        else if (name == "manager")
            reach = who_->has(manager) ? Reach::team : Reach::none;
        else if (const auto role = parse_role(name); role && who_->has(*role))
            reach = Reach::all;
        // The security manager may do what the security office may, everywhere.
        if (name == "security_office" && who_->has(security_manager)) reach = Reach::all;
        best = std::max(best, reach);
    }
    return best;
}

Reach Permissions::granted(const registers::Register& of, bool write) const {
    // What the product alone writes no custom role makes anybody's.
    if (write && of.write == std::vector<std::string>{"nobody"}) return Reach::none;
    const auto grant = granted_.find(of.name);
    return grant != granted_.end() && (grant->second || !write) ? Reach::all : Reach::none;
}

bool Permissions::is_limited_to_items() const { return who_->has(auditor) && !who_->items.empty(); }

bool Permissions::reads_everything(const registers::Register& of) const {
    if (who_->has(top_management)) return true;
    if (!who_->has(auditor)) return false;
    return !is_limited_to_items() || registers_of_items_.contains(of.name);
}

Reach Permissions::read(const registers::Register& of) const {
    if (reads_everything(of)) return Reach::all;
    // What one may write one may read.
    return std::max({reach_of(of.read), reach_of(of.write), granted(of, false)});
}

Reach Permissions::write(const registers::Register& of) const {
    if (who_->scope == TokenScope::read) return Reach::none;
    if (who_->scope == TokenScope::write && administers(of)) return Reach::none;
    const Reach reach = std::max(reach_of(of.write), granted(of, true));
    // An auditor who is no member writes nothing, not even about oneself.
    return reach == Reach::all || who_->has(member) ? reach : Reach::none;
}

bool Permissions::may(Action action) const {
    return roles_allow(*who_, action) && token_allows(*who_, action);
}

bool Permissions::may_grant(Role role) const {
    if (!may(Action::manage_users) || role == manager) return false;
    return who_->has(security_manager) || role == member || role == system_administrator;
}

bool Permissions::may_manage(const std::set<Role>& roles_of_user) const {
    return may(Action::manage_users) &&
           std::ranges::all_of(roles_of_user, [&](Role role) { return role == manager || may_grant(role); });
}

bool Permissions::covers(Reach reach, const registers::Register& of, const registers::Record& record) const {
    if (reach == Reach::all) return true;
    if (reach == Reach::none || of.subject.empty()) return false;
    const std::int64_t person = subject_of(of, record);
    return is_about(*who_, person) || (reach == Reach::team && who_->reports.contains(person));
}

bool Permissions::may_read(const registers::Register& of, const registers::Record& record) const {
    return covers(read(of), of, record);
}

bool Permissions::may_write(const registers::Register& of, const registers::Record& record) const {
    return covers(write(of), of, record);
}

bool Permissions::sees(const registers::Register& of, const registers::Field& field,
                       const registers::Record* record) const {
    const Reach reach = field.read.empty() ? read(of) : reach_of(field.read);
    return record != nullptr ? covers(reach, of, *record) : reach == Reach::all;
}

bool Permissions::sees_item(std::string_view item) const {
    if (!is_limited_to_items()) return true;
    const auto sees_more = {top_management, security_manager, security_office, hr, it};
    return std::ranges::any_of(sees_more, [&](Role role) { return who_->has(role); }) ||
           std::ranges::find(who_->items, item) != who_->items.end();
}

}  // namespace maru::identity
