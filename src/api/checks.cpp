// GET /checks and /checks/{check}: what is checked, and the rows of one check.
#include <fmt/core.h>

#include <boost/json.hpp>

#include "api/endpoints.hpp"
#include "api/sheet_call.hpp"
#include "api/sheet_json.hpp"
#include "api/sheet_rows.hpp"
#include "sheets/codes.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;

struct CheckUse {
    const sheets::Sheet* sheet;
    const sheets::Item* item;
    sheets::Level level;
};

// Where the caller sees the check named.
std::vector<CheckUse> uses_of(const Call& call, std::string_view check) {
    std::vector<CheckUse> out;
    for (const sheets::Sheet& sheet : call.site.catalog().sheets)
        for (const sheets::Item& item : sheet.items)
            for (const sheets::Link& link : item.links)
                for (const checks::CheckKey& key : link.checks)
                    if (key.check == check && call.may().sees_item(item.code))
                        out.push_back({&sheet, &item, link.level});
    return out;
}

json::object check_json(const checks::Check& check, const std::vector<CheckUse>& uses, Language language) {
    json::array items;
    for (const CheckUse& use : uses)
        items.push_back({{"sheet", use.sheet->name},
                         {"number", use.item->number},
                         {"code", use.item->code},
                         {"level", sheets::code_of(use.level)}});
    return {{"check", check.name},           {"title", check.title.in(language)},
            {"why", check.why.in(language)}, {"subjectRegister", check.subject},
            {"grace", check.grace},          {"window", check.window},
            {"minutes", check.minutes},      {"byItem", check.uses_item},
            {"items", std::move(items)}};
}

Result<http::Response> list_checks(Call& call) {
    TRY(call.expect(identity::Action::see_sheets));
    json::array out;
    for (const auto& [name, check] : call.site.catalog().library.checks) {
        const auto uses = uses_of(call, name);
        if (!uses.empty()) out.push_back(check_json(check, uses, call.language));
    }
    return json_response(
        json::object{{"definitions", call.site.catalog().library.version}, {"checks", std::move(out)}});
}

std::unexpected<Error> no_such_check(const std::string& name) {
    return fail(ErrorKind::not_found,
                {fmt::format("点検 {} はありません。", name), fmt::format("there is no check {}", name)});
}

// Of a check that asks for its item: the one in `item`, else the first that names it.
Result<CheckUse> use_of(const Call& call, const std::vector<CheckUse>& uses) {
    const std::string item = call.parameter("item");
    for (const CheckUse& use : uses)
        if (item.empty() || use.item == use.sheet->item(item)) return use;
    return fail(ErrorKind::not_found, {fmt::format("設問「{}」はこの点検を使っていません。", item),
                                       fmt::format("the item \"{}\" does not name this check", item)});
}

json::object reasons_json(const checks::Check& check, Language language) {
    json::object out;
    for (const auto& [code, sentence] : check.reasons) out[code] = sentence.in(language);
    return out;
}

Result<http::Response> get_check(Call& call) {
    TRY(call.expect(identity::Action::see_sheets));
    const auto& library = call.site.catalog().library;
    const auto found = library.checks.find(call.path["check"]);
    if (found == library.checks.end()) return no_such_check(call.path["check"]);
    const auto uses = uses_of(call, found->first);
    if (uses.empty()) return no_such_check(call.path["check"]);
    const CheckUse use = TRY(use_of(call, uses));
    const checks::Check& check = found->second;
    const checks::CheckKey key{check.name, check.uses_item ? use.item->code : ""};
    const RowPage page{TRY(call.number("offset", 0, 0, 10'000'000)), TRY(call.number("limit", 50, 0, 1000))};
    const Judgement judgement = TRY(judgement_of(call, *use.sheet));
    Desks::Lease desk = TRY(call.site.judge().desk(**judgement.judged));
    RowView rows(call, desk, judgement.on);
    const checks::CheckResult& result = desk.evaluation().run(key);
    json::object out = check_json(check, uses, call.language);
    out["day"] = judgement.on.iso();
    out["when"] = judgement.when();
    out["at"] = desk.entries();
    out["state"] = sheets::code_of(result.state_on(judgement.on));
    out["counts"] = json_of(result.counts_on(judgement.on));
    out["todo"] = check.todo.in(call.language);
    out["reasons"] = reasons_json(check, call.language);
    if (result.error) out["error"] = result.error->message.in(call.language);
    out["rows"] = TRY(rows.page(key, page));
    out["offset"] = page.offset;
    out["limit"] = page.limit;
    return json_response(out);
}

}  // namespace

std::vector<Endpoint> check_endpoints() {
    Endpoint one{.pattern = "/checks/{check}",
                 .id = "getCheck",
                 .tag = "checks",
                 .summary = "A check with its rows, worst first",
                 .query = judgement_parameters,
                 .gives = "CheckDetail",
                 .run = get_check};
    one.query.push_back({"item", "The item that it is asked for, where the check depends on it"});
    one.query.push_back({"offset", "Rows to skip", "integer"});
    one.query.push_back({"limit", "Rows, 0 to 1000; 50, when it is left out", "integer"});
    return {{.pattern = "/checks",
             .id = "listChecks",
             .tag = "checks",
             .summary = "What is checked, and which items each check counts for",
             .gives = "CheckList",
             .run = list_checks},
            std::move(one)};
}

}  // namespace maru::api
