// Forgotten passwords: a mail with a one-time link, for whoever has an account. Nobody learns who has one.
#include <fmt/core.h>

#include <boost/json.hpp>

#include "api/authentication.hpp"
#include "api/endpoints.hpp"
#include "api/members.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;

http::Response must_wait(const Call& call, std::chrono::seconds wait) {
    http::Response response =
        render({429,
                "wait",
                {fmt::format("申し出が続いたため、あと {} 秒お待ちください。", wait.count()),
                 fmt::format("asked too often: wait {} seconds", wait.count())},
                {}},
               &call.request, call.language);
    response.headers.set("Retry-After", std::to_string(wait.count()));
    return response;
}

// Whose address it is is looked up later (Site::forgot): the answer and its time are the same for all.
Result<http::Response> ask(Call& call) {
    TRY(expect_private_channel(call.request));
    const std::string mail = TRY(required_text(TRY(call.body()), "mail"));
    const auto wait = TRY(call.site.access().count_reset(identity::ResetCounter::asker, call.request.peer));
    if (wait > std::chrono::seconds(0)) return must_wait(call, wait);
    return json_response(json::object{{"mailed", call.site.forgot(mail)}});
}

}  // namespace

std::vector<Endpoint> password_reset_endpoints() {
    Endpoint asking{.method = http::Method::post,
                    .pattern = "/password-resets",
                    .id = "forgetPassword",
                    .tag = "session",
                    .summary =
                        "A forgotten password: a one-time link goes to the mail address, when it is a "
                        "user's. The answer is the same for every address",
                    .takes = "ForgottenPassword",
                    .gives = "PasswordReset",
                    .run = ask,
                    .guard = Guard::anybody,
                    .body_limit = 16 << 10,
                    .secret = true};
    return {std::move(asking)};
}

}  // namespace maru::api
