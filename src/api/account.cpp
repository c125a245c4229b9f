// What people see and change about their own account.
#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "api/accounts.hpp"
#include "api/endpoints.hpp"
#include "api/members.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using identity::Action;
using identity::Principal;

constexpr std::pair<Action, std::string_view> actions[] = {
    {Action::see_sheets, "see_sheets"},
    {Action::see_rows, "see_rows"},
    {Action::change_claims, "change_claims"},
    {Action::approve, "approve"},
    {Action::manage_users, "manage_users"},
    {Action::manage_tokens_of_others, "manage_tokens_of_others"},
    {Action::see_access_record, "see_access_record"},
    {Action::erase_people, "erase_people"},
    {Action::export_packs, "export_packs"},
    {Action::back_up, "back_up"},
    {Action::configure, "configure"},
    {Action::publish, "publish"}};

// What guards an account is changed by its owner in person: a stolen token must not make itself at home.
Result<void> expect_session(const Call& call) {
    if (call.who().by == Principal::By::session) return {};
    return fail(ErrorKind::forbidden,
                {"この操作はAPIトークンではできません。画面でサインインして行ってください。",
                 "an API token cannot do this; sign in and do it there"});
}

Result<http::Response> me(Call& call) {
    const Principal& who = call.who();
    const auto factor = TRY(call.site.access().second_factor_of(who.user));
    json::array may;
    for (const auto& [action, name] : actions)
        if (call.may().may(action)) may.emplace_back(name);
    json::object out{{"user", who.user},
                     {"name", who.name},
                     {"mail", who.mail},
                     {"language", who.language == Language::ja ? "ja" : "en"},
                     {"roles", json_of_roles(who.roles, call.language)},
                     {"customRoles", json::value_from(who.custom_roles)},
                     {"items", json::value_from(who.items)},
                     {"may", std::move(may)},
                     {"by", who.by == Principal::By::session ? "session" : "token"},
                     {"scope", name_of(who.scope)},
                     {"manages", static_cast<std::int64_t>(who.reports.size())},
                     {"secondFactor",
                      {{"enrolled", factor.enrolled},
                       {"used", who.second_factor},
                       {"recoveryCodesLeft", factor.recovery_codes_left}}}};
    if (who.person != 0) out["person"] = who.person;
    return json_response(out);
}

Result<http::Response> change_password(Call& call) {
    TRY(expect_session(call));
    const json::object body = TRY(call.body());
    TRY(call.site.access().change_password(call.who(), TRY(required_text(body, "current")),
                                           TRY(required_text(body, "password"))));
    return no_content();
}

Result<http::Response> list_sessions(Call& call) {
    TRY(expect_session(call));
    json::array out;
    for (const identity::SessionLine& line : TRY(call.site.access().sessions_of(call.who().user)))
        out.push_back({{"id", line.id},
                       {"device", line.origin.device},
                       {"address", line.origin.address},
                       {"began", format_instant(line.began)},
                       {"lastUsed", format_instant(line.last_used)},
                       {"ends", format_instant(line.ends)},
                       {"secondFactor", line.second_factor},
                       {"here", line.id == call.who().credential}});
    return json_response(json::object{{"sessions", std::move(out)}});
}

Result<http::Response> end_session(Call& call) {
    TRY(expect_session(call));
    TRY(call.site.access().end_session(call.who().user, TRY(id_in_path(call))));
    return no_content();
}

Result<http::Response> end_other_sessions(Call& call) {
    TRY(expect_session(call));
    const int ended = TRY(call.site.access().end_sessions(call.who().user, call.who().credential));
    return json_response(json::object{{"ended", ended}});
}

json::object json_of(const identity::TokenLine& line) {
    json::object out{{"id", line.id},
                     {"user", line.user},
                     {"name", line.name},
                     {"scope", name_of(line.scope)},
                     {"made", format_instant(line.made)},
                     {"ends", format_instant(line.ends)},
                     {"lastUsed", nullptr},
                     {"lastAddress", line.last_address}};
    if (line.last_used) out["lastUsed"] = format_instant(*line.last_used);
    return out;
}

Result<http::Response> tokens_response(const Call& call, std::int64_t user) {
    json::array out;
    for (const identity::TokenLine& line : TRY(call.site.access().tokens_of(user)))
        out.push_back(json_of(line));
    return json_response(json::object{{"tokens", std::move(out)}});
}

Result<http::Response> list_tokens(Call& call) { return tokens_response(call, call.who().user); }

// The last day counts to its end.
Result<Instant> end_of(const json::object& body) {
    const Day day = TRY(parse_written_day(TRY(required_text(body, "ends"))));
    return Instant(day.plus_days(1).sys_days()) - japan_offset;
}

Result<http::Response> make_token(Call& call) {
    TRY(expect_session(call));
    const json::object body = TRY(call.body());
    const std::string scope = TRY(required_text(body, "scope"));
    const auto parsed = parse_scope(scope);
    if (!parsed)
        return fail(ErrorKind::invalid,
                    {"scope: read・write・admin のどれかにしてください。", "scope: read, write or admin"});
    const auto made = TRY(call.site.access().make_token(call.who().user, TRY(required_text(body, "name")),
                                                        *parsed, TRY(end_of(body))));
    return json_response(json::object{{"id", made.id}, {"token", made.token}}, 201);
}

Result<http::Response> end_token(Call& call) {
    TRY(expect_session(call));
    TRY(call.site.access().end_token(TRY(id_in_path(call)), call.who().user));
    return no_content();
}

Result<http::Response> list_all_tokens(Call& call) {
    TRY(call.expect(Action::manage_tokens_of_others));
    return tokens_response(call, 0);
}

Result<http::Response> end_any_token(Call& call) {
    TRY(call.expect(Action::manage_tokens_of_others));
    TRY(call.site.access().end_token(TRY(id_in_path(call)), 0));
    return no_content();
}

Result<http::Response> offer_totp(Call& call) {
    TRY(expect_session(call));
    const auto offer = TRY(call.site.access().offer_totp(call.who(), "maru " + call.site.name()));
    return json_response(json::object{{"secret", offer.secret},
                                      {"uri", offer.uri},
                                      {"qr", {{"size", offer.qr.size}, {"path", offer.qr.path}}}});
}

http::Response codes_response(const std::vector<std::string>& codes) {
    return json_response(json::object{{"recoveryCodes", json::value_from(codes)}});
}

Result<http::Response> confirm_totp(Call& call) {
    TRY(expect_session(call));
    return codes_response(
        TRY(call.site.access().confirm_totp(call.who(), TRY(required_text(TRY(call.body()), "code")))));
}

Result<http::Response> new_recovery_codes(Call& call) {
    TRY(expect_session(call));
    return codes_response(
        TRY(call.site.access().new_recovery_codes(call.who(), TRY(required_text(TRY(call.body()), "code")))));
}

Result<http::Response> remove_totp(Call& call) {
    TRY(expect_session(call));
    TRY(call.site.access().remove_totp(call.who(), TRY(required_text(TRY(call.body()), "code"))));
    return no_content();
}

}  // namespace

Endpoint account_endpoint(http::Method method, std::string pattern, std::string id, std::string summary,
                          std::function<Result<http::Response>(Call&)> run) {
    return {.method = method,
            .pattern = std::move(pattern),
            .id = std::move(id),
            .tag = "account",
            .summary = std::move(summary),
            .run = std::move(run),
            .body_limit = 16 << 10,
            .secret = true};
}

Endpoint with(Endpoint endpoint, std::string takes, std::string gives) {
    endpoint.takes = std::move(takes);
    endpoint.gives = std::move(gives);
    return endpoint;
}

json::array json_of_roles(const std::set<identity::Role>& roles, Language language) {
    json::array out;
    for (const identity::Role role : roles)
        out.push_back({{"code", identity::code_of(role)}, {"label", identity::name_of(role).in(language)}});
    return out;
}

std::string_view name_of(identity::TokenScope scope) {
    static constexpr std::string_view names[] = {"read", "write", "admin"};
    return names[static_cast<std::size_t>(scope)];
}

std::optional<identity::TokenScope> parse_scope(std::string_view name) {
    for (const auto scope :
         {identity::TokenScope::read, identity::TokenScope::write, identity::TokenScope::admin})
        if (name_of(scope) == name) return scope;
    return std::nullopt;
}

Result<std::int64_t> id_in_path(const Call& call) {
    const std::string& written = call.path["id"];
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), id);
    if (error == std::errc() && end == written.data() + written.size()) return id;
    return fail(ErrorKind::not_found, {"番号が正しくありません。", "there is nothing with that number"});
}

std::vector<Endpoint> account_endpoints() {
    using enum http::Method;
    const auto& made = account_endpoint;
    return {
        with(made(get, "/me", "getMe", "Who you are and what you may", me), "", "Me"),
        with(made(put, "/me/password", "changePassword", "Change the password; ends your other sessions",
                  change_password),
             "PasswordChange", ""),
        with(made(get, "/me/sessions", "listSessions", "Where you are signed in", list_sessions), "",
             "SessionList"),
        with(made(remove, "/me/sessions", "endOtherSessions", "Sign out everywhere else", end_other_sessions),
             "", "EndedSessions"),
        made(remove, "/me/sessions/{id}", "endSession", "End one session", end_session),
        with(made(get, "/me/tokens", "listTokens", "Your API tokens", list_tokens), "", "TokenList"),
        with(made(post, "/me/tokens", "makeToken", "Make an API token; it is shown once", make_token),
             "NewToken", "MadeToken"),
        made(remove, "/me/tokens/{id}", "endToken", "Revoke a token", end_token),
        with(made(post, "/me/totp", "offerTotp", "Begin to enrol an authenticator app", offer_totp), "",
             "TotpOffer"),
        with(made(post, "/me/totp/confirm", "confirmTotp", "Enrol it by its first code; gives recovery codes",
                  confirm_totp),
             "Code", "RecoveryCodes"),
        with(made(post, "/me/totp/remove", "removeTotp", "Remove it, by a code", remove_totp), "Code", ""),
        with(made(post, "/me/recovery-codes", "newRecoveryCodes", "Ten new codes; the old ones end",
                  new_recovery_codes),
             "Code", "RecoveryCodes"),
        with(made(get, "/tokens", "listAllTokens", "Everybody's API tokens", list_all_tokens), "",
             "TokenList"),
        made(remove, "/tokens/{id}", "endAnyToken", "Revoke anybody's token", end_any_token)};
}

}  // namespace maru::api
