#include "api/sheet_call.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>

namespace maru::api {

namespace {

constexpr int most_days_ahead = 800;

std::unexpected<Error> no_such_item(const sheets::Sheet& sheet, const std::string& name) {
    return fail(ErrorKind::not_found, {fmt::format("シート {} に設問「{}」はありません。", sheet.name, name),
                                       fmt::format("the sheet {} has no item \"{}\"", sheet.name, name)});
}

std::unexpected<Error> not_ahead(std::string_view name, Day today) {
    const std::string last = today.plus_days(most_days_ahead).iso();
    return fail(ErrorKind::invalid,
                {fmt::format("{}: {} から {} までの日を指定してください。", name, today.iso(), last),
                 fmt::format("{}: give a day from {} to {}", name, today.iso(), last)});
}

Result<std::int64_t> entries_of(const Call& call, Readers::Lease& reader, const std::string& known_at) {
    if (known_at == "now") return reader.entries();
    return sheets::entries_known(*reader, asked_by(call, "known_at"), known_at);
}

}  // namespace

const std::vector<Parameter> judgement_parameters{
    {"on", "Day of the verdicts; today, when it is left out. A later day shows what comes if nobody acts",
     "day"},
    {"known_at",
     "What was known: a number of ledger entries, a day's end, an instant, or \"now\". Of a past day what "
     "was "
     "known at its end, when it is left out"}};

Result<const sheets::Sheet*> sheet_of(const Call& call) {
    TRY(call.expect(identity::Action::see_sheets));
    return call.site.catalog().sheet(call.path["sheet"]);
}

Result<const sheets::Item*> item_of(const Call& call, const sheets::Sheet& sheet) {
    const sheets::Item* const item = sheet.item(call.path["item"]);
    if (!item || !call.may().sees_item(item->code)) return no_such_item(sheet, call.path["item"]);
    return item;
}

Result<std::vector<const sheets::Item*>> items_of(const Call& call, const sheets::Sheet& sheet) {
    const std::string rows = call.parameter("rows");
    if (!rows.empty() && rows != "all" && rows != "published")
        return fail(ErrorKind::invalid,
                    {"rows: all か published を指定してください。", "rows: write all or published"});
    auto items = sheet.rows(rows == "all" ? sheets::Sheet::Rows::all : sheets::Sheet::Rows::published);
    std::erase_if(items, [&](const sheets::Item* item) { return !call.may().sees_item(item->code); });
    return items;
}

std::string_view Judgement::when() const { return on == today ? "today" : on < today ? "past" : "forecast"; }

sheets::Asked asked_by(const Call& call, const char* name) { return {name, call.site.now()}; }

Result<Judgement> judgement_of(const Call& call, const sheets::Sheet& sheet) {
    const Day today = call.site.today();
    const Day on = TRY(call.day("on")).value_or(today);
    const std::string known_at = call.parameter(call.request.parameter("at") ? "at" : "known_at");
    if (on > today.plus_days(most_days_ahead)) return not_ahead("on", today);
    if (known_at.empty() && on >= today) {
        auto judged = TRY(call.site.judge().now(sheet));
        const Day day = std::max(on, (*judged)->day());
        return Judgement{std::move(judged), day, today};
    }
    std::int64_t entries = 0;
    {
        auto reader = TRY(call.site.readers().now());
        entries = known_at.empty()
                      ? TRY(sheets::written_moment(*reader, asked_by(call, "on"), on.iso())).entries
                      : TRY(entries_of(call, reader, known_at));
    }
    return Judgement{TRY(call.site.judge().at(sheet, {entries, std::min(on, today)})), on, today};
}

Result<Day> day_ahead(const Call& call, std::string_view name, Day otherwise) {
    const Day today = call.site.today();
    const Day day = TRY(call.day(name)).value_or(otherwise);
    if (day < today || day > today.plus_days(most_days_ahead)) return not_ahead(name, today);
    return day;
}

Result<Period> past_period(const Call& call) {
    const Day to = TRY(call.day("to")).value_or(call.site.today());
    TRY(sheets::past_day(asked_by(call, "to"), to.iso()));
    const Day from = TRY(call.day("from")).value_or(to.plus_months(-12).plus_days(1));
    if (from <= to) return Period{from, to};
    return fail(ErrorKind::invalid,
                {"from が to より後です。入れ替えてください。", "from lies after to; swap them"});
}

Result<std::shared_ptr<const sheets::Timeline>> timeline_of(const Call& call, const sheets::Sheet& sheet) {
    return call.site.judge().timeline_until(sheet, call.site.today().plus_days(-1));
}

Result<http::Response> shared_response(const Call& call, const SharedJudged& judged, std::string_view shape,
                                       const MakeText& make) {
    const std::string key = fmt::format("{} {}", call.language == Language::ja ? "ja" : "en", shape);
    Error failed;
    http::SharedText text = judged->text(key, make, failed);
    if (!text) return std::unexpected(std::move(failed));
    http::Response response;
    const sheets::JudgedSheet& sheet = **judged;
    response.headers.set("Content-Type", "application/json");
    response.headers.set("Cache-Control", "private, no-cache");
    response.headers.set(
        "ETag", fmt::format("\"{}.{}.{:x}.{}\"", sheet.entries(), sheet.day().number(),
                            std::hash<std::string>()(key), call.site.catalog().library.version.substr(0, 8)));
    response.content = std::move(text);
    return response;
}

}  // namespace maru::api
