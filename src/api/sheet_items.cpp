// GET /sheets/{sheet}/items/{item}: an item's checks with their rows; and how its verdict came and went.
#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/endpoints.hpp"
#include "api/sheet_call.hpp"
#include "api/sheet_json.hpp"
#include "api/sheet_rows.hpp"
#include "sheets/codes.hpp"
#include "sheets/window.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;

constexpr int horizon_days = 800;

// Items that the same check counts for, of every sheet, but this one.
json::array also_answers(const Call& call, const checks::CheckKey& key, const sheets::Item& item) {
    json::array out;
    for (const sheets::Sheet& sheet : call.site.catalog().sheets)
        for (const sheets::Item& other : sheet.items) {
            if (&other == &item || !call.may().sees_item(other.code)) continue;
            const bool names_it = std::ranges::any_of(other.links, [&](const sheets::Link& link) {
                return std::ranges::any_of(link.checks,
                                           [&](const auto& one) { return one.check == key.check; });
            });
            if (names_it)
                out.push_back({{"sheet", sheet.name}, {"number", other.number}, {"code", other.code}});
        }
    return out;
}

struct ItemView {
    const Call& call;
    const sheets::Item& item;
    const Judgement& judgement;
    Desks::Lease& desk;
    RowView& rows;
    RowPage page;
    std::string only;  // the check that is paged through; "" = all
};

json::object check_head(const ItemView& view, const checks::CheckResult& result) {
    const Language language = view.call.language;
    const checks::Check& check = *result.check;
    json::object out{{"check", check.name},
                     {"title", check.title.in(language)},
                     {"why", check.why.in(language)},
                     {"subjectRegister", check.subject},
                     {"minutes", check.minutes},
                     {"state", sheets::code_of(result.state_on(view.judgement.on))},
                     {"counts", json_of(result.counts_on(view.judgement.on))},
                     {"alsoAnswers", also_answers(view.call, result.key, view.item)}};
    if (result.error) out["error"] = result.error->message.in(language);
    if (result.doubt)
        out["doubt"] = {{"sentence", result.doubt->why.in(language)},
                        {"todo", result.doubt->todo.in(language)}};
    return out;
}

Result<json::object> check_json(const ItemView& view, const sheets::LinkReport& link,
                                const checks::CheckKey& key) {
    const checks::CheckResult& result = *(*view.judgement.judged)->result(key);
    json::object out = check_head(view, result);
    out["level"] = sheets::code_of(link.link->level);
    out["anyOf"] = link.link->any_of();
    out["speaks"] = link.check == result.check;  // of a group: the one that counts
    out["scope"] = link.link->scope;
    if (view.call.may().may(identity::Action::see_rows))
        out["contradictions"] = json::array(link.contradictions.begin(), link.contradictions.end());
    out["rows"] = TRY(view.rows.page(key, view.page));
    out["offset"] = view.page.offset;
    out["limit"] = view.page.limit;
    return out;
}

Result<json::array> checks_json(const ItemView& view, const sheets::ItemReport& report) {
    json::array out;
    for (const sheets::LinkReport& link : report.links)
        for (const checks::CheckKey& key : link.link->checks)
            if (view.only.empty() || view.only == key.check) out.push_back(TRY(check_json(view, link, key)));
    if (!out.empty() || view.only.empty()) return out;
    return fail(ErrorKind::not_found,
                {fmt::format("設問 {} に点検 {} はありません。", view.item.number, view.only),
                 fmt::format("item {} has no check {}", view.item.number, view.only)});
}

Result<http::Response> get_item(Call& call) {
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    const sheets::Item& item = *TRY(item_of(call, sheet));
    const RowPage page{TRY(call.number("offset", 0, 0, 10'000'000)), TRY(call.number("limit", 20, 0, 1000))};
    const Judgement judgement = TRY(judgement_of(call, sheet));
    Desks::Lease desk = TRY(call.site.judge().desk(**judgement.judged));
    RowView rows(call, desk, judgement.on);
    const ItemView view{call, item, judgement, desk, rows, page, call.parameter("check")};
    const sheets::SheetReport report = (*judgement.judged)->on(judgement.on, {&item}, horizon_days);
    json::object out{{"sheet", sheet.name},
                     {"organisation", report.organisation},
                     {"day", judgement.on.iso()},
                     {"when", judgement.when()},
                     {"at", report.entries},
                     {"definitions", report.definitions},
                     {"item", json_of(report, report.items.front(), call.language)},
                     {"checks", TRY(checks_json(view, report.items.front()))},
                     {"seesAllRows", call.may().may(identity::Action::see_rows)}};
    return json_response(out);
}

json::object change_json(Day day, const sheets::Verdict& verdict) {
    json::object out = json_of(verdict);
    out["day"] = day.iso();
    return out;
}

json::array gaps_of(const sheets::ItemWindow& window, Day today) {
    json::array out;
    for (const sheets::Gap& gap : window.gaps)
        out.push_back({{"from", gap.from.iso()},
                       {"until", gap.until.iso()},
                       {"days", gap.days()},
                       {"open", gap.until == today},
                       {"mark", sheets::code_of(gap.verdicts.front().verdict.mark)}});
    return out;
}

// The past from the timeline, today from what is judged now.
json::array changes_of(const sheets::Timeline& past, const sheets::JudgedSheet& now,
                       const sheets::Item& item) {
    json::array out;
    std::optional<sheets::Verdict> last;
    for (const sheets::Change& change : past.changes(item)) {
        if (change.day >= now.day()) break;
        out.push_back(change_json(change.day, change.verdict));
        last = change.verdict;
    }
    const sheets::Verdict verdict = now.verdict(item, now.day());
    if (last != verdict) out.push_back(change_json(now.day(), verdict));
    return out;
}

Result<http::Response> item_history(Call& call) {
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    const sheets::Item& item = *TRY(item_of(call, sheet));
    const auto period = TRY(past_period(call));
    const SharedJudged judged = TRY(call.site.judge().now(sheet));
    const auto past = TRY(timeline_of(call, sheet));
    const Day last = std::min(period.to, call.site.today().plus_days(-1));
    const sheets::Window window = sheets::window(*past, sheet, {&item}, std::min(period.from, last), last);
    const sheets::ItemWindow& days = window.items.front();
    json::object out = head_of(item, call.language);
    out["sheet"] = sheet.name;
    out["at"] = (*judged)->entries();
    out["ledgerBegan"] = json_of(past->first_day());
    out["from"] = window.from.iso();
    out["to"] = window.to.iso();
    out["full"] = days.full;
    out["of"] = days.counted();
    out["gaps"] = gaps_of(days, last);
    out["changes"] = changes_of(*past, **judged, item);
    return json_response(out);
}

}  // namespace

std::vector<Endpoint> sheet_item_endpoints() {
    Endpoint item{.pattern = "/sheets/{sheet}/items/{item}",
                  .id = "getItem",
                  .tag = "sheets",
                  .summary =
                      "An item's checks with their rows, worst first: whose, until when, why, and where "
                      "each is mended",
                  .query = judgement_parameters,
                  .gives = "ItemDetail",
                  .run = get_item};
    item.query.push_back({"check", "Only this check's rows"});
    item.query.push_back({"offset", "Rows of each check to skip", "integer"});
    item.query.push_back({"limit", "Rows of each check, 0 to 1000; 20, when it is left out", "integer"});
    Endpoint history{
        .pattern = "/sheets/{sheet}/items/{item}/history",
        .id = "getItemHistory",
        .tag = "sheets",
        .summary = "How an item's verdict came and went: judged on each day from what was known then",
        .query = {{"from", "First day that is counted; a year before `to`, when it is left out", "day"},
                  {"to", "Last day that is counted; yesterday at the latest", "day"}},
        .gives = "ItemHistory",
        .run = item_history};
    return {std::move(item), std::move(history)};
}

}  // namespace maru::api
