// Users: who they are, inviting, changing and ending them. Nobody gets to a right by way of an account that
// they manage (identity::Permissions::may_manage).
#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/accounts.hpp"
#include "api/endpoints.hpp"
#include "api/members.hpp"
#include "api/record_json.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using identity::Action;
using identity::LinkKind;
using identity::Role;
using identity::User;

constexpr std::string_view user_fields[] = {"person", "mail",     "name",     "roles",  "custom_roles",
                                            "items",  "language", "from_day", "to_day", "disabled"};

std::string_view state_of(const Call& call, const User& user) {
    if (user.disabled) return "disabled";
    if (user.to && *user.to < call.site.today()) return "ended";
    if (user.from && call.site.today() < *user.from) return "not_yet";
    return call.site.access().has_password(user.id) ? "active" : "invited";
}

Result<json::object> json_of(const Call& call, const User& user) {
    json::object out{{"id", user.id},
                     {"name", user.name},
                     {"mail", user.mail},
                     {"roles", json_of_roles(user.roles, call.language)},
                     {"customRoles", json::value_from(user.custom_roles)},
                     {"items", json::value_from(user.items)},
                     {"language", user.language == Language::ja ? "ja" : "en"},
                     {"state", state_of(call, user)},
                     {"manageable", call.may().may_manage(user.roles)},
                     {"secondFactor", TRY(call.site.access().second_factor_of(user.id)).enrolled},
                     {"lastUsed", nullptr}};
    if (user.person != 0) out["person"] = user.person;
    if (user.from) out["from"] = user.from->iso();
    if (user.to) out["to"] = user.to->iso();
    const auto sessions = TRY(call.site.access().sessions_of(user.id));
    if (!sessions.empty()) out["lastUsed"] = format_instant(sessions.front().last_used);
    return out;
}

Result<http::Response> list(Call& call) {
    TRY(call.expect(Action::manage_users));
    json::array out;
    const auto directory = call.site.directory();
    for (const auto& [id, user] : directory->all()) out.push_back(TRY(json_of(call, user)));
    return json_response(json::object{{"users", std::move(out)}});
}

std::unexpected<Error> not_yours_to_manage() {
    return fail(ErrorKind::forbidden,
                {"このロールの利用者を扱えるのは情報セキュリティ管理者だけです。依頼してください。",
                 "only the security manager may manage users with these roles; ask for it"});
}

// The user in the path, whom the caller may manage.
Result<User> managed_user(const Call& call) {
    TRY(call.expect(Action::manage_users));
    const std::int64_t id = TRY(id_in_path(call));
    const auto directory = call.site.directory();
    const User* user = directory->find(id);
    if (!user) return fail(ErrorKind::not_found, {"その利用者はありません。", "there is no such user"});
    if (!call.may().may_manage(user->roles)) return not_yours_to_manage();
    return *user;
}

Result<void> expect_known_fields(const registers::WrittenFields& fields) {
    for (const auto& [name, value] : fields)
        if (std::ranges::find(user_fields, name) == std::end(user_fields))
            return fail(ErrorKind::invalid,
                        {"項目「" + name + "」は利用者にはありません。", "users have no field " + name});
    return {};
}

// Custom roles may grant anything, so they are given by who may grant everything.
Result<void> expect_grantable(const Call& call, const registers::WrittenFields& fields) {
    const auto roles = fields.find("roles");
    if (roles != fields.end())
        for (const std::string& code : split(roles->second, ';')) {
            const auto role = identity::parse_role(trim(code));
            if (role && !call.may().may_grant(*role)) return not_yours_to_manage();
        }
    const auto custom = fields.find("custom_roles");
    const bool gives_custom = custom != fields.end() && !trim(custom->second).empty();
    if (gives_custom && !call.may().may_grant(Role::security_manager)) return not_yours_to_manage();
    return {};
}

// Codes alone: a label would slip past expect_grantable.
Result<void> expect_codes(const registers::WrittenFields& fields) {
    const auto roles = fields.find("roles");
    if (roles == fields.end()) return {};
    for (const std::string& code : split(roles->second, ';'))
        if (!trim(code).empty() && !identity::parse_role(trim(code)))
            return fail(ErrorKind::invalid,
                        {"roles: 「" + code + "」というロールはありません。コードで書いてください。",
                         "roles: there is no role " + code + "; write its code"});
    return {};
}

Result<registers::WrittenFields> fields_of(const Call& call) {
    registers::WrittenFields fields = TRY(written_fields(TRY(call.body())));
    TRY(expect_known_fields(fields));
    TRY(expect_codes(fields));
    TRY(expect_grantable(call, fields));
    return fields;
}

// Whether a mail waits to go out. The link is shown all the same, so that it can be given by hand.
bool is_invited(const Call& call, std::int64_t user, std::string path, Instant ends) {
    const auto directory = call.site.directory();
    const User* to = directory->find(user);
    return to && call.site.invite({*to, call.who().name, std::move(path), ends}).value_or(false);
}

Result<json::object> make_link(const Call& call, std::int64_t user) {
    identity::NewLink link;
    link.kind = call.site.access().has_password(user) ? LinkKind::reset : LinkKind::invitation;
    link.user = user;
    link.by = call.who().user;
    const std::string secret = TRY(call.site.access().make_link(link));
    const Instant ends = call.site.now() + link.life;
    const bool mailed = link.kind == LinkKind::invitation && is_invited(call, user, "link#" + secret, ends);
    return json::object{{"kind", link.kind == LinkKind::reset ? "reset" : "invitation"},
                        {"secret", secret},
                        {"path", fmt::format("/o/{}/link#{}", call.site.name(), secret)},
                        {"mailed", mailed},
                        {"ends", format_instant(ends)}};
}

Result<http::Response> invite(Call& call) {
    TRY(call.expect(Action::manage_users));
    registers::PutRequest request;
    request.register_name = "app_user";
    request.must_be_new = true;
    request.fields = TRY(fields_of(call));
    const auto change = TRY(call.site.put(std::move(request), call.who().actor()));
    json::object out = api::json_of(change);
    out["link"] = TRY(make_link(call, change.id));
    return json_response(out, 201);
}

// Nobody takes the last key out of the door by mistake.
Result<void> expect_not_oneself(const Call& call, const User& user, const registers::WrittenFields& fields) {
    if (user.id != call.who().user) return {};
    for (const auto* field : {"roles", "disabled", "to_day", "from_day", "person"})
        if (fields.contains(field))
            return fail(ErrorKind::conflict,
                        {"自分のロール・停止・期間は自分では変えられません。ほかの管理者に依頼してください。",
                         "you cannot change your own roles, period or state; ask another administrator"});
    return {};
}

Result<http::Response> change(Call& call) {
    const User user = TRY(managed_user(call));
    registers::PutRequest request;
    request.register_name = "app_user";
    request.id = user.id;
    request.fields = TRY(fields_of(call));
    TRY(expect_not_oneself(call, user, request.fields));
    // Another person's records would come with the account.
    if (request.fields.contains("person") && !call.may().may_grant(Role::security_manager))
        return not_yours_to_manage();
    const auto change = TRY(call.site.put(std::move(request), call.who().actor()));
    const auto directory = call.site.directory();
    const User* now = directory->find(user.id);
    if (now && now->disabled) TRY(call.site.access().end_user(user.id));
    return json_response(api::json_of(change));
}

Result<http::Response> new_link(Call& call) {
    const User user = TRY(managed_user(call));
    return json_response(TRY(make_link(call, user.id)), 201);
}

Result<http::Response> end_sessions(Call& call) {
    const User user = TRY(managed_user(call));
    return json_response(json::object{{"ended", TRY(call.site.access().end_sessions(user.id))}});
}

Result<http::Response> reset_second_factor(Call& call) {
    const User user = TRY(managed_user(call));
    if (user.id == call.who().user)
        return fail(ErrorKind::conflict, {"自分の二要素認証はコードを入れて解除してください。",
                                          "remove your own second factor by a code"});
    TRY(call.site.access().reset_totp(user.id));
    return no_content();
}

}  // namespace

std::vector<Endpoint> user_endpoints() {
    using enum http::Method;
    const auto& made = account_endpoint;
    std::vector<Endpoint> all{
        with(made(get, "/users", "listUsers", "Users and their state", list), "", "UserList"),
        with(made(post, "/users", "inviteUser", "Make a user and a link for the first password", invite),
             "UserFields", "InvitedUser"),
        with(made(patch, "/users/{id}", "changeUser",
                  "Change roles, period or state; disabling ends sessions "
                  "and tokens",
                  change),
             "UserFields", "Change"),
        with(made(post, "/users/{id}/link", "makeUserLink",
                  "A one-time link: invitation, or reset of a forgotten password", new_link),
             "", "MadeLink"),
        with(made(remove, "/users/{id}/sessions", "endUserSessions", "Sign a user out everywhere",
                  end_sessions),
             "", "EndedSessions"),
        made(remove, "/users/{id}/second-factor", "resetSecondFactor", "Take a lost second factor away",
             reset_second_factor)};
    for (Endpoint& endpoint : all) endpoint.tag = "users";
    return all;
}

}  // namespace maru::api
