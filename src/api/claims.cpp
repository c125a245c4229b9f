// Claims: what the organisation says of an item, and what the remark lint says of that.
#include <fmt/core.h>

#include <boost/json.hpp>

#include "api/endpoints.hpp"
#include "api/record_json.hpp"
#include "api/sheet_call.hpp"
#include "api/sheet_json.hpp"
#include "sheets/remark_lint.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;

const registers::Register& claims_register(const Call& call) {
    return *call.site.catalog().schema.find("claim");
}

std::string key_of(const sheets::Sheet& sheet, const sheets::Item& item) {
    return sheet.name + " / " + item.code;
}

Result<json::object> claim_json(const Call& call, const sheets::Sheet& sheet, const sheets::Item& item) {
    const auto reader = TRY(call.site.readers().now());
    const auto claims = TRY(sheets::load_claims(*reader, sheet.name));
    const auto claim = claims.find(item.code);
    json::object out = head_of(item, call.language);
    out["sheet"] = sheet.name;
    out["claim"] = json_of(claim == claims.end() ? sheets::Claim{} : claim->second);
    const registers::Schema& schema = call.site.catalog().schema;
    const auto id = registers::resolve(*reader, schema, claims_register(call), key_of(sheet, item));
    if (!id) return out;
    if (const auto record = TRY(registers::read(*reader, claims_register(call), *id))) {
        out["id"] = *id;
        out["version"] = record->version;
    }
    return out;
}

http::Response with_version(const json::object& claim) {
    http::Response response = json_response(claim);
    if (const json::value* version = claim.if_contains("version"))
        response.headers.set("ETag", fmt::format("\"v{}\"", version->get_int64()));
    return response;
}

Result<http::Response> get_claim(Call& call) {
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    return with_version(TRY(claim_json(call, sheet, *TRY(item_of(call, sheet)))));
}

// The members of the body by the names of the register's fields; others are refused by name.
Result<registers::WrittenFields> fields_of(const Call& call) {
    static const std::map<std::string, std::string, std::less<>> names{
        {"mark", "mark"}, {"remark", "remark"}, {"planned", "planned"}, {"plannedOn", "planned_on"}};
    json::object fields;
    for (const auto& [name, value] : TRY(call.body())) {
        const auto field = names.find(std::string_view(name));
        if (field == names.end())
            return fail(
                ErrorKind::invalid,
                {fmt::format("「{}」は書けません。mark・remark・planned・plannedOn を書いてください。",
                             std::string_view(name)),
                 fmt::format("\"{}\" cannot be written; there are mark, remark, planned and plannedOn",
                             std::string_view(name))});
        fields[field->second] = value;
    }
    return written_fields(fields);
}

Result<http::Response> put_claim(Call& call) {
    TRY(call.expect(identity::Action::change_claims));
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    const sheets::Item& item = *TRY(item_of(call, sheet));
    registers::PutRequest request;
    request.register_name = "claim";
    request.fields = TRY(fields_of(call));
    request.fields["sheet"] = sheet.name;
    request.fields["item"] = item.code;
    request.expected_version = TRY(call.expected_version());
    if (request.expected_version) {
        const auto reader = TRY(call.site.readers().now());
        request.id = TRY(registers::resolve(*reader, call.site.catalog().schema, claims_register(call),
                                            key_of(sheet, item)));
    }
    TRY(call.site.put(std::move(request), call.who().actor()));
    return with_version(TRY(claim_json(call, sheet, item)));
}

std::string_view name_of(sheets::RemarkFinding::Kind kind) {
    switch (kind) {
        case sheets::RemarkFinding::Kind::untied_sentence: return "untied_sentence";
        case sheets::RemarkFinding::Kind::unanswered_part: return "unanswered_part";
        case sheets::RemarkFinding::Kind::repeated_text: return "repeated_text";
    }
    return "";
}

json::object finding_json(const sheets::RemarkFinding& finding, Language language) {
    const bool is_part = finding.kind == sheets::RemarkFinding::Kind::unanswered_part;
    return {{"kind", name_of(finding.kind)},
            {"number", finding.item->number},
            {"code", finding.item->code},
            {"text", is_part ? finding.label.in(language) : finding.text},
            {"also", json::value_from(finding.also)}};
}

Result<http::Response> lint_claims(Call& call) {
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    const auto terms = TRY(sheets::load_remark_terms(call.site.catalog().folder, sheet));
    const auto reader = TRY(call.reader());
    const auto claims = TRY(sheets::load_claims(*reader, sheet.name));
    json::array findings;
    for (const sheets::RemarkFinding& finding : sheets::lint_remarks(sheet, terms, claims))
        if (call.may().sees_item(finding.item->code))
            findings.push_back(finding_json(finding, call.language));
    return json_response(json::object{{"sheet", sheet.name},
                                      {"at", reader.entries()},
                                      {"claims", claims.size()},
                                      {"findings", std::move(findings)}});
}

}  // namespace

std::vector<Endpoint> claim_endpoints() {
    const std::string pattern = "/sheets/{sheet}/claims/{item}";
    return {
        {.pattern = "/sheets/{sheet}/claims/lint",
         .id = "lintClaims",
         .tag = "claims",
         .summary = "Sentences of remarks that no check makes true, parts of questions that none answers, "
                    "texts used twice",
         .gives = "ClaimLint",
         .run = lint_claims},
        {.pattern = pattern,
         .id = "getClaim",
         .tag = "claims",
         .summary = "What the organisation says of an item",
         .gives = "ItemClaim",
         .run = get_claim},
        {.method = http::Method::put,
         .pattern = pattern,
         .id = "putClaim",
         .tag = "claims",
         .summary = "Changes what is said of an item; with If-Match only the version that you read",
         .takes = "ClaimChange",
         .gives = "ItemClaim",
         .run = put_claim}};
}

}  // namespace maru::api
