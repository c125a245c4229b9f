// Exceptions: a row of a check is let off until a day, asked for by one person and approved by another.
#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/endpoints.hpp"
#include "api/sheet_call.hpp"
#include "sheets/exceptions.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;

std::string text_of(const json::object& body, std::string_view name) {
    const json::value* const value = body.if_contains(name);
    if (!value) return "";
    if (value->is_string()) return std::string(value->get_string());
    return value->is_int64() ? std::to_string(value->get_int64()) : "";
}

Result<sheets::ExceptionAsked> asked_of(const Call& call, const checks::Check& check) {
    const json::object body = TRY(call.body());
    sheets::ExceptionAsked asked{.check = &check, .today = call.site.today()};
    asked.subject = text_of(body, "subject");
    asked.reason = text_of(body, "reason");
    asked.measure = text_of(body, "compensatingMeasure");
    asked.asked_by = call.who().person;
    const auto until = parse_written_day(text_of(body, "until"));
    if (!until) return std::unexpected(prefixed("until", until.error()));
    asked.until = *until;
    if (const json::value* owner = body.if_contains("owner"); owner && owner->is_int64())
        asked.owner = owner->get_int64();
    return asked;
}

Result<const checks::Check*> check_of(const Call& call) {
    const auto& checks = call.site.catalog().library.checks;
    const std::string name = text_of(TRY(call.body()), "check");
    const auto found = checks.find(name);
    if (found != checks.end()) return &found->second;
    return fail(ErrorKind::invalid, {fmt::format("check: 点検「{}」はありません。", name),
                                     fmt::format("check: there is no check \"{}\"", name)});
}

// Those who may not see the names behind verdicts ask for rows that are theirs.
Result<void> expect_own(const Call& call, const checks::Row& row) {
    if (call.may().may(identity::Action::see_rows)) return {};
    if (row.owner && (*row.owner == call.who().person || call.who().reports.contains(*row.owner))) return {};
    return fail(ErrorKind::not_found, {"点検にこの対象はありません。", "the check has no such row"});
}

http::Response created(const Call& call, const registers::Change& change, const std::string& code) {
    json::object body = json_of(change);
    body["code"] = code;
    http::Response response = json_response(body, 201);
    response.headers.set(
        "Location", fmt::format("/o/{}/api/v1/registers/exception/records/{}", call.site.name(), change.id));
    return response;
}

std::unexpected<Error> may_not_ask() {
    return fail(ErrorKind::forbidden, {"例外を申請する権限がありません。", "you may not ask for exceptions"});
}

Result<http::Response> ask(Call& call) {
    const bool may_ask = call.who().person != 0 && call.who().has(identity::Role::member) &&
                         call.who().scope != identity::TokenScope::read;
    if (!may_ask) return may_not_ask();
    const checks::Check& check = *TRY(check_of(call));
    const sheets::ExceptionAsked asked = TRY(asked_of(call, check));
    registers::PutRequest request;
    {
        const SharedJudged judged = TRY(call.site.judge().now(call.site.catalog().sheets.front()));
        Desks::Lease desk = TRY(call.site.judge().desk(**judged));
        const checks::Row row =
            TRY(sheets::excepted_row(desk.reader(), call.site.catalog().schema, desk.evaluation(), asked));
        TRY(expect_own(call, row));
        request = TRY(sheets::request_of(desk.reader(), desk.evaluation(), asked, row));
    }
    const std::string code = request.fields["code"];
    return created(call, TRY(call.site.put(std::move(request), call.who().actor())), code);
}

Result<http::Response> approve(Call& call) {
    TRY(call.expect(identity::Action::approve));
    registers::PutRequest request;
    {
        const auto reader = TRY(call.site.readers().now());
        const registers::Schema& schema = call.site.catalog().schema;
        const std::string& written = call.path["id"];
        const bool is_number = std::ranges::all_of(written, [](char c) { return c >= '0' && c <= '9'; });
        const std::int64_t id = TRY(registers::resolve(*reader, schema, *TRY(schema.get("exception")),
                                                       is_number ? "#" + written : written));
        request = TRY(sheets::approval_of(*reader, id, call.who().person, call.site.today()));
    }
    return json_response(json_of(TRY(call.site.put(std::move(request), call.who().actor()))));
}

}  // namespace

std::vector<Endpoint> exception_endpoints() {
    return {{.method = http::Method::post,
             .pattern = "/exceptions",
             .id = "askException",
             .tag = "exceptions",
             .summary = "Asks to let a row of a check off until a day, with what is done instead",
             .takes = "ExceptionAsked",
             .gives = "ExceptionCreated",
             .run = ask},
            {.method = http::Method::post,
             .pattern = "/exceptions/{id}/approve",
             .id = "approveException",
             .tag = "exceptions",
             .summary = "Approves it; never its asker or the owner of the row",
             .gives = "Change",
             .run = approve}};
}

}  // namespace maru::api
