// Signing in and out, and one-time links.
#include <fmt/core.h>

#include <boost/json.hpp>

#include "api/authentication.hpp"
#include "api/endpoints.hpp"
#include "api/members.hpp"
#include "api/setup.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using identity::SignIn;

http::Response must_wait(const Call& call, std::chrono::seconds wait) {
    http::Response response =
        render({429,
                "wait",
                {fmt::format("失敗が続いたため、あと {} 秒お待ちください。", wait.count()),
                 fmt::format("too many failures: wait {} seconds", wait.count())},
                {}},
               &call.request, call.language);
    response.headers.set("Retry-After", std::to_string(wait.count()));
    return response;
}

http::Response wrong(const Call& call) {
    return render({401,
                   "wrong_credentials",
                   {"メールアドレス・パスワード・コードのどれかが違います。もう一度入力してください。",
                    "mail address, password or code is wrong; try again"},
                   {}},
                  &call.request, call.language);
}

// Whoever signs in anew leaves the session before: nobody else's cookie lives on in this browser.
void end_earlier(const Call& call) {
    if (!call.caller || call.who().by != identity::Principal::By::session) return;
    static_cast<void>(call.site.access().end_session(call.who().user, call.who().credential));
}

http::Response answer_of(const Call& call, const SignIn& answer) {
    switch (answer.outcome) {
        case SignIn::Outcome::done: {
            end_earlier(call);
            json::object body{{"state", "signed_in"}, {"user", answer.user}};
            if (answer.recovery_codes_left >= 0) body["recoveryCodesLeft"] = answer.recovery_codes_left;
            http::Response response = json_response(body);
            response.headers.add("Set-Cookie", session_cookie(call.request, call.site, answer.token));
            return response;
        }
        case SignIn::Outcome::code_needed:
            return json_response(json::object{{"state", "code_needed"}, {"pending", answer.token}});
        case SignIn::Outcome::refused: return wrong(call);
        case SignIn::Outcome::wait: return must_wait(call, answer.wait);
    }
    return wrong(call);
}

Result<http::Response> sign_in(Call& call) {
    TRY(expect_private_channel(call.request));
    const json::object body = TRY(call.body());
    const std::string mail = TRY(required_text(body, "mail")),
                      password = TRY(required_text(body, "password"));
    return answer_of(call, TRY(call.site.access().sign_in(mail, password, origin_of(call.request))));
}

Result<http::Response> second_step(Call& call) {
    TRY(expect_private_channel(call.request));
    const json::object body = TRY(call.body());
    const std::string pending = TRY(required_text(body, "pending")), code = TRY(required_text(body, "code"));
    return answer_of(call, TRY(call.site.access().second_step(pending, code, origin_of(call.request))));
}

Result<http::Response> sign_out(Call& call) {
    end_earlier(call);
    http::Response response = no_content();
    response.headers.add("Set-Cookie", session_cookie(call.request, call.site, ""));
    return response;
}

std::string_view name_of(identity::LinkKind kind) {
    switch (kind) {
        case identity::LinkKind::setup: return "setup";
        case identity::LinkKind::invitation: return "invitation";
        case identity::LinkKind::reset: return "reset";
        case identity::LinkKind::sign_in: return "sign_in";
    }
    return "";
}

Result<std::string> mail_of_person(store::Database& reader, std::int64_t person) {
    store::Statement* query = TRY(reader.cached("select mail from person where id = ?"));
    const auto row = TRY(query->bind(1, person).step());
    std::string mail(row ? row->text(0) : "");
    query->reset();
    return mail;
}

Result<bool> has_persons(store::Database& reader) {
    return TRY(reader.query_integer("select 1 from person limit 1")).has_value();
}

Result<http::Response> look_at_link(Call& call) {
    const auto link = TRY(call.site.access().look_at_link(TRY(required_text(TRY(call.body()), "link"))));
    json::object out{{"kind", name_of(link.made.kind)}, {"ends", format_instant(link.ends)}};
    if (const auto* user = call.site.directory()->find(link.made.user)) {
        out["name"] = user->name;
        out["mail"] = user->mail;
    }
    if (link.made.kind == identity::LinkKind::setup && link.made.person != 0) {
        const auto reader = TRY(call.site.readers().now());
        out["name"] = reader.names().of("person", link.made.person).title.in(call.language);
        out["mail"] = TRY(mail_of_person(*reader, link.made.person));
    }
    if (link.made.kind == identity::LinkKind::setup)
        out["needsName"] = link.made.person == 0 && !TRY(has_persons(*TRY(call.site.readers().now())));
    return json_response(out);
}

Result<http::Response> redeem_link(Call& call) {
    TRY(expect_private_channel(call.request));
    const json::object body = TRY(call.body());
    const std::string secret = TRY(required_text(body, "link"));
    identity::AccessStore& access = call.site.access();
    const auto link = TRY(access.look_at_link(secret));
    if (link.made.kind == identity::LinkKind::sign_in)
        return answer_of(call, TRY(access.redeem_sign_in_link(secret, origin_of(call.request))));
    const auto make_user = [&](const identity::Link& of) { return make_first_user(call.site, of, body); };
    return answer_of(call, TRY(access.redeem_link(secret, TRY(required_text(body, "password")),
                                                  origin_of(call.request), make_user)));
}

Result<http::Response> judge(Call& call) {
    const json::object body = TRY(call.body());
    const std::string password = TRY(text_member(body, "password"));
    std::vector<std::string> own{"maru"};
    const auto directory = call.site.directory();
    if (const auto* user = call.caller ? directory->find(call.who().user) : nullptr)
        own = identity::own_words(*user);
    const identity::PasswordOpinion opinion = identity::judge_password(password, own);
    json::array advice;
    for (const Text& one : opinion.advice) advice.emplace_back(one.in(call.language));
    return json_response(json::object{
        {"accepted", opinion.accepted}, {"score", opinion.score}, {"advice", std::move(advice)}});
}

Endpoint posting(std::string pattern, std::string id, std::string summary, std::string takes,
                 std::string gives, std::function<Result<http::Response>(Call&)> run) {
    return {.method = http::Method::post,
            .pattern = std::move(pattern),
            .id = std::move(id),
            .tag = "session",
            .summary = std::move(summary),
            .takes = std::move(takes),
            .gives = std::move(gives),
            .run = std::move(run),
            .guard = Guard::anybody,
            .body_limit = 16 << 10,
            .secret = true};
}

}  // namespace

std::vector<Endpoint> session_endpoints() {
    return {
        posting("/session", "signIn", "Sign in: sets the session's cookie, or asks for the code", "SignIn",
                "SignedIn", sign_in),
        posting("/session/code", "signInCode", "The second step: a code of the app, or a recovery code",
                "SignInCode", "SignedIn", second_step),
        {.method = http::Method::remove,
         .pattern = "/session",
         .id = "signOut",
         .tag = "session",
         .summary = "Sign out",
         .run = sign_out,
         .guard = Guard::anybody},
        posting("/links/look", "lookAtLink", "What a one-time link is for", "LinkSecret", "Link",
                look_at_link),
        posting("/links/redeem", "redeemLink",
                "Use a one-time link: sets the password and signs in; of setup links, makes the first user",
                "LinkRedemption", "SignedIn", redeem_link),
        posting("/password-opinion", "judgePassword", "Whether a password is good enough, and why not",
                "NewPassword", "PasswordOpinion", judge)};
}

}  // namespace maru::api
