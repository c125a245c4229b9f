// A sheet along the days: series, window, forecast, diff.
#include <fmt/core.h>

#include <boost/json.hpp>

#include "api/endpoints.hpp"
#include "api/sheet_call.hpp"
#include "api/sheet_json.hpp"
#include "core/wrapping.hpp"
#include "sheets/codes.hpp"
#include "sheets/diff.hpp"
#include "sheets/forecast.hpp"
#include "sheets/window.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using sheets::Mark;
using sheets::Tally;

constexpr int months_ahead = 3;
constexpr int series_days_ahead = 183;
constexpr std::int64_t records_at_once = 50'000;  // of a diff as a file, as the command line has it

json::object tally_json(const Tally& tally, Day today) {
    json::object out{{"day", tally.day.iso()}};
    for (const Mark mark : {Mark::full, Mark::partial, Mark::none, Mark::unknown, Mark::not_applicable})
        out[sheets::code_of(mark)] = tally.of(mark);
    if (tally.day > today) out["forecast"] = true;
    return out;
}

void count(Tally& tally, Mark mark, int by) { tally.items[static_cast<std::size_t>(mark)] += by; }

// Today's numbers and those of the days ahead on which some number changes.
std::vector<Tally> days_ahead(const sheets::JudgedSheet& now, Day to) {
    Tally today{now.day()};
    std::map<Day, Tally> steps;
    for (const sheets::Item* item : now.sheet().rows(sheets::Sheet::Rows::published)) {
        Mark last = now.verdict(*item, now.day()).mark;
        count(today, last, 1);
        for (const sheets::Flip& flip : now.course(*item, to)) {
            count(steps[flip.day], last, -1);
            count(steps[flip.day], flip.verdict.mark, 1);
            last = flip.verdict.mark;
        }
    }
    std::vector<Tally> out{today};
    for (const auto& [day, step] : steps) {
        Tally next{day, out.back().items};
        for (std::size_t i = 0; i < step.items.size(); ++i) next.items[i] += step.items[i];
        if (next.items != out.back().items) out.push_back(next);
    }
    return out;
}

Result<std::string> series_text(const sheets::Timeline& past, const sheets::JudgedSheet& now, Period period) {
    json::array days;
    std::optional<Tally> last;
    const auto add = [&](const Tally& tally) {
        if (last && last->items == tally.items) return;
        days.push_back(tally_json(tally, now.day()));
        last = tally;
    };
    const Day yesterday = now.day().plus_days(-1);
    for (const Tally& tally :
         past.series(period.from, std::min(period.to, yesterday), sheets::Sheet::Rows::published))
        add(tally);
    if (period.to >= now.day())
        for (const Tally& tally : days_ahead(now, period.to))
            if (tally.day >= period.from) add(tally);
    return json::serialize(json::object{{"sheet", now.sheet().name},
                                        {"at", now.entries()},
                                        {"today", now.day().iso()},
                                        {"from", period.from.iso()},
                                        {"to", period.to.iso()},
                                        {"ledgerBegan", json_of(past.first_day())},
                                        {"days", std::move(days)}});
}

// The same files that the command line makes.
Result<http::Response> file_response(const Call& call, const sheets::Sheet& sheet, std::string_view what,
                                     const std::function<std::string(std::string_view format)>& render) {
    const std::string written = call.parameter("format");
    const std::string format = written.empty() ? "csv" : written;
    const std::string_view type = format == "json"  ? "application/json"
                                  : format == "csv" ? "text/csv; charset=utf-8"
                                  : format == "tsv" ? "text/tab-separated-values; charset=utf-8"
                                  : format == "ics" && what == "forecast" ? "text/calendar; charset=utf-8"
                                  : format == "table" && what == "window" ? "text/plain; charset=utf-8"
                                                                          : "";
    if (type.empty())
        return fail(ErrorKind::invalid, {"format: csv・tsv・json のどれかを指定してください。",
                                         "format: write csv, tsv or json"});
    http::Response response = http::text_response(200, std::string(type), render(format));
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Content-Disposition",
                         fmt::format("attachment; filename=\"{}-{}.{}\"", sheet.name, what, format));
    return response;
}

Result<http::Response> series(Call& call) {
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    const Day today = call.site.today();
    const Day to = TRY(call.day("to")).value_or(today.plus_days(series_days_ahead));
    const Day from = TRY(call.day("from")).value_or(std::min(to, today).plus_months(-12));
    if (from > to || to > today.plus_days(series_days_ahead))
        return fail(ErrorKind::invalid,
                    {fmt::format("from から to まで、to は {} 以前の日を指定してください。",
                                 today.plus_days(series_days_ahead).iso()),
                     fmt::format("give from and a later to, at the latest {}",
                                 today.plus_days(series_days_ahead).iso())});
    const SharedJudged judged = TRY(call.site.judge().now(sheet));
    const auto past = TRY(timeline_of(call, sheet));
    return shared_response(call, judged, fmt::format("series {} {}", from.number(), to.number()),
                           [&] { return series_text(*past, **judged, {from, to}); });
}

json::object window_json(const sheets::ItemWindow& item, Language language, Day last) {
    json::object out = head_of(*item.item, language);
    out["full"] = item.full;
    out["of"] = item.counted();
    out["notFull"] = item.not_full;
    out["notApplicable"] = item.not_applicable;
    out["unrecorded"] = item.unrecorded;
    json::array gaps;
    for (const sheets::Gap& gap : item.gaps) {
        json::array verdicts;
        for (const sheets::Change& change : gap.verdicts) {
            verdicts.push_back(json_of(change.verdict));
            verdicts.back().get_object()["from"] = change.day.iso();
        }
        gaps.push_back({{"from", gap.from.iso()},
                        {"until", gap.until.iso()},
                        {"days", gap.days()},
                        {"open", gap.until == last},
                        {"verdicts", std::move(verdicts)}});
    }
    out["gaps"] = std::move(gaps);
    return out;
}

Result<http::Response> window(Call& call) {
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    const auto items = TRY(items_of(call, sheet));
    Period period = TRY(past_period(call));
    const auto past = TRY(timeline_of(call, sheet));
    // Today is not over: what is counted ends yesterday.
    const Day yesterday = call.site.today().plus_days(-1);
    period = {std::min(period.from, yesterday), std::min(period.to, yesterday)};
    const sheets::Window found = sheets::window(*past, sheet, items, period.from, period.to);
    json::array out;
    for (const sheets::ItemWindow& item : found.items)
        out.push_back(window_json(item, call.language, yesterday));
    return json_response(json::object{{"sheet", sheet.name},
                                      {"from", period.from.iso()},
                                      {"to", period.to.iso()},
                                      {"days", found.days()},
                                      {"ledgerBegan", json_of(past->first_day())},
                                      {"definitions", call.site.catalog().library.version},
                                      {"items", std::move(out)}});
}

// As `maru window` has it: today counts as far as it has come.
Result<http::Response> window_file(Call& call) {
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    const auto items = TRY(items_of(call, sheet));
    const Day today = call.site.today();
    const Day to = TRY(call.day("to")).value_or(today);
    const auto past = TRY(call.site.judge().timeline_until(sheet, std::min(to, today)));
    const Day first = past->first_day().value_or(to);
    const Day from = TRY(call.day("from")).value_or(std::max(to.plus_months(-12).plus_days(1), first));
    if (from > to || to > today || to < first)
        return fail(ErrorKind::invalid, {"from から to まで、変更記録のある過去の日を指定してください。",
                                         "give from and a later to, past days since the ledger began"});
    sheets::Window found = sheets::window(*past, sheet, items, from, to);
    const auto reader = TRY(call.site.readers().now());
    found.today = today;
    found.organisation = TRY(sheets::organisation_name(*reader));
    found.definitions = call.site.catalog().library.version;
    const auto width = static_cast<std::size_t>(TRY(call.number("width", 120, 0, 10'000)));
    return file_response(call, sheet, "window", [&](std::string_view format) {
        if (format == "json") return sheets::render_json(found);
        if (format == "table")
            return sheets::render_table(found, call.language,
                                        {width == 0 ? any_width : width, sheets::Colour::plain});
        return sheets::render_delimited(found, call.language, format == "tsv" ? '\t' : ',');
    });
}

json::array numbers_of(const std::vector<const sheets::Item*>& items) {
    json::array out;
    for (const sheets::Item* item : items) out.push_back(item->number);
    return out;
}

json::object fall_json(const sheets::Fall& fall, Language language) {
    json::array rows;
    for (const sheets::FallingRow& row : fall.rows)
        rows.push_back({{"subject", row.subject},
                        {"label", row.label},
                        {"sentence", row.reason.in(language)},
                        {"todo", row.todo.in(language)}});
    json::object out{{"on", fall.on.iso()},
                     {"deadline", fall.deadline.iso()},
                     {"actBy", fall.act_by.iso()},
                     {"check", fall.check->name},
                     {"title", fall.check->title.in(language)},
                     {"state", sheets::code_of(fall.state)},
                     {"count", fall.count},
                     {"rows", std::move(rows)},
                     {"items", numbers_of(fall.items)},
                     {"losing", numbers_of(fall.losing)},
                     {"owner", nullptr}};
    if (fall.owner) out["owner"] = {{"id", *fall.owner}, {"title", fall.owner_name}};
    return out;
}

// Days of the week on which nobody works: national holidays and the organisation's own.
json::array holidays_of(const sheets::Forecast& forecast, const checks::Calendar& calendar) {
    json::array out;
    for (Day day = forecast.today; day <= forecast.until; day = day.plus_days(1))
        if (!day.is_weekend() && !calendar.is_business_day(day)) out.push_back(json::value(day.iso()));
    return out;
}

json::object forecast_json(const sheets::Forecast& forecast, const checks::Calendar& calendar,
                           const Call& call) {
    json::array falls, items, failed;
    for (const sheets::Fall& fall : forecast.falls) falls.push_back(fall_json(fall, call.language));
    for (const sheets::ItemFall& item : forecast.items) {
        if (!call.may().sees_item(item.item->code)) continue;
        json::object one = head_of(*item.item, call.language);
        one["on"] = item.on.iso();
        one["before"] = json_of(item.before);
        one["after"] = json_of(item.after);
        items.push_back(std::move(one));
    }
    for (const auto& [check, error] : forecast.failed)
        failed.push_back({{"check", check->name}, {"error", error.message.in(call.language)}});
    return {{"sheet", forecast.sheet->name},
            {"at", forecast.entries},
            {"today", forecast.today.iso()},
            {"until", forecast.until.iso()},
            {"holidays", holidays_of(forecast, calendar)},
            {"falls", std::move(falls)},
            {"items", std::move(items)},
            {"failed", std::move(failed)},
            {"openToday", forecast.open_today},
            {"fullToday", forecast.full_today}};
}

// What is one's own for those who may not see the names of others; items of which the caller was given none
// are left out.
Result<sheets::Forecast> forecast_of(const Call& call, Desks::Lease& desk, const sheets::Sheet& sheet,
                                     Day until, sheets::ForecastOptions options) {
    if (!call.may().may(identity::Action::see_rows)) options.owner = call.who().person;
    auto forecast = TRY(sheets::forecast(desk.reader(), desk.evaluation(), sheet, until, options));
    forecast.entries = desk.entries();
    std::erase_if(forecast.falls, [&](const sheets::Fall& fall) {
        return std::ranges::none_of(
            fall.items, [&](const sheets::Item* item) { return call.may().sees_item(item->code); });
    });
    return forecast;
}

// Everybody's, or one's own for those who may not see the names of others.
Result<http::Response> forecast_file(Call& call) {
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    const Day until = TRY(day_ahead(call, "until", call.site.today().plus_months(months_ahead)));
    const SharedJudged judged = TRY(call.site.judge().now(sheet));
    Desks::Lease desk = TRY(call.site.judge().desk(**judged));
    const sheets::Forecast found = TRY(forecast_of(call, desk, sheet, until, {}));
    return file_response(call, sheet, "forecast", [&](std::string_view format) {
        if (format == "json") return sheets::render_json(found);
        if (format == "ics") return sheets::render_ics(found, call.language, call.site.now());
        return sheets::render_delimited(found, call.language, format == "tsv" ? '\t' : ',');
    });
}

bool wants_calendar(const Call& call) {
    const auto accepted = call.request.headers.find("Accept");
    return call.parameter("format") == "ics" || (accepted && accepted->starts_with("text/calendar"));
}

std::string scope_of(const Call& call) {
    if (!call.may().may(identity::Action::see_rows)) return fmt::format("own {}", call.who().person);
    std::string scope = "all";
    for (const std::string& item : call.who().items) scope += " " + item;
    return scope;
}

Result<http::Response> forecast(Call& call) {
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    const Day until = TRY(day_ahead(call, "until", call.site.today().plus_months(months_ahead)));
    const SharedJudged judged = TRY(call.site.judge().now(sheet));
    const bool calendar = wants_calendar(call);
    const std::string shape =
        fmt::format("forecast {} {} {}", until.number(), calendar ? "ics" : "json", scope_of(call));
    auto response = TRY(shared_response(call, judged, shape, [&]() -> Result<std::string> {
        Desks::Lease desk = TRY(call.site.judge().desk(**judged));
        sheets::ForecastOptions options;
        options.rows_per_fall = 50;
        const sheets::Forecast found = TRY(forecast_of(call, desk, sheet, until, options));
        return calendar ? sheets::render_ics(found, call.language, call.site.now())
                        : json::serialize(forecast_json(found, desk.evaluation().calendar(), call));
    }));
    if (calendar) response.headers.set("Content-Type", "text/calendar; charset=utf-8");
    return response;
}

json::value cause_json(const std::optional<sheets::Cause>& cause, Language language) {
    if (!cause) return nullptr;
    json::array fields;
    for (const sheets::FieldChange& field : cause->fields) {
        json::object one{{"name", field.name}, {"label", field.label.in(language)}, {"hidden", field.hidden}};
        if (!field.hidden) one["before"] = field.before.in(language);
        if (!field.hidden) one["after"] = field.after.in(language);
        fields.push_back(std::move(one));
    }
    json::object out{{"index", cause->index},        {"time", format_instant(cause->at)},
                     {"kind", cause->kind},          {"isNew", cause->first_version},
                     {"label", cause->record_label}, {"by", cause->actor},
                     {"reason", cause->reason},      {"fields", std::move(fields)}};
    if (cause->of) out["record"] = {{"register", cause->of->name}, {"id", cause->record}};
    return out;
}

json::object check_diff_json(const sheets::CheckDiff& check, Language language) {
    json::array rows;
    for (const sheets::RowDiff& row : check.rows)
        rows.push_back(
            {{"subject", row.subject},
             {"label", row.label},
             {"owner", row.owner},
             {"before",
              {{"state", sheets::code_of(row.before)}, {"sentence", row.reason_before.in(language)}}},
             {"after", {{"state", sheets::code_of(row.after)}, {"sentence", row.reason_after.in(language)}}},
             {"cause", cause_json(row.cause, language)}});
    json::object out{{"check", check.check->name},
                     {"title", check.check->title.in(language)},
                     {"before", json_of(check.before)},
                     {"after", json_of(check.after)},
                     {"came", check.came},
                     {"went", check.went},
                     {"changed", check.changed},
                     {"items", numbers_of(check.items)},
                     {"rows", std::move(rows)}};
    if (check.error_before) out["errorBefore"] = check.error_before->message.in(language);
    if (check.error_after) out["errorAfter"] = check.error_after->message.in(language);
    return out;
}

json::object place_json(const sheets::Place& place) {
    return {{"day", place.day.iso()}, {"at", place.entries}};
}

json::object diff_json(const sheets::Diff& diff, Language language) {
    json::array items, checks;
    for (const sheets::ItemDiff& item : diff.items) {
        json::object one = head_of(*item.item, language);
        one["before"] = json_of(item.before);
        one["after"] = json_of(item.after);
        one["flipped"] = item.flipped();
        items.push_back(std::move(one));
    }
    for (const sheets::CheckDiff& check : diff.checks) checks.push_back(check_diff_json(check, language));
    return {{"sheet", diff.sheet->name}, {"from", place_json(diff.from)},
            {"to", place_json(diff.to)}, {"definitions", diff.definitions},
            {"items", std::move(items)}, {"checks", std::move(checks)}};
}

Result<std::pair<sheets::Place, sheets::Place>> ends_of(const Call& call) {
    const auto reader = TRY(call.site.readers().now());
    const auto moment = [&](const char* name) -> Result<sheets::Place> {
        std::string written = call.parameter(name);
        if (written.empty()) written = call.site.today().iso();
        return TRY(sheets::written_moment(*reader, asked_by(call, name), written)).place();
    };
    if (call.parameter("from").empty())
        return fail(ErrorKind::invalid, {"from に日付（2026-11-01）か記録番号（@1200）を指定してください。",
                                         "from: give a day (2026-11-01) or an index (@1200)"});
    const sheets::Place from = TRY(moment("from"));
    const sheets::Place to = TRY(moment("to"));
    if (from.entries <= to.entries && from.day <= to.day) return std::pair(from, to);
    return fail(ErrorKind::invalid,
                {"from が to より後です。入れ替えてください。", "from lies after to; swap them"});
}

Result<sheets::Diff> diff_of(const Call& call, const sheets::Sheet& sheet, sheets::DiffOptions options) {
    const auto [from, to] = TRY(ends_of(call));
    options.items = TRY(items_of(call, sheet));
    if (const std::string one = call.parameter("item"); !one.empty()) {
        const sheets::Item* const item = sheet.item(one);
        std::erase_if(options.items, [&](const sheets::Item* each) { return each != item; });
    }
    options.rows_per_check = static_cast<std::size_t>(TRY(call.number("limit", 10, 0, 1000)));
    if (call.parameter("detail") == "changed") options.detail = sheets::DiffOptions::Detail::changed;
    const bool sees_rows = call.may().may(identity::Action::see_rows);
    if (!sees_rows) options.rows_per_check = 0;
    options.may_read = [&](const registers::Register& of, const registers::Field& field) {
        return call.may().sees(of, field);
    };
    const sheets::Timeline::Source source{call.site.folder(), call.site.catalog().library,
                                          call.site.catalog().schema, sheet, japan_offset};
    const auto past = call.site.judge().timeline(sheet);
    return sheets::diff(source, past.get(), from, to, options);
}

Result<http::Response> diff(Call& call) {
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    return json_response(diff_json(TRY(diff_of(call, sheet, {})), call.language));
}

Result<http::Response> diff_file(Call& call) {
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    sheets::DiffOptions options;
    if (call.parameter("detail") != "changed") options.most_records = records_at_once;
    sheets::Diff found = TRY(diff_of(call, sheet, options));
    const auto reader = TRY(call.site.readers().now());
    found.organisation = TRY(sheets::organisation_name(*reader));
    return file_response(call, sheet, "diff", [&](std::string_view format) {
        if (format == "json") return sheets::render_json(found);
        return sheets::render_delimited(found, call.language, format == "tsv" ? '\t' : ',');
    });
}

Endpoint about(std::string pattern, std::string id, std::string summary, std::string gives,
               std::function<Result<http::Response>(Call&)> run) {
    return {.pattern = "/sheets/{sheet}" + pattern,
            .id = std::move(id),
            .tag = "sheets",
            .summary = std::move(summary),
            .gives = std::move(gives),
            .run = std::move(run)};
}

}  // namespace

std::vector<Endpoint> sheet_time_endpoints() {
    const Parameter from{"from", "First day; a year before, when it is left out", "day"};
    const Parameter to{"to", "Last day", "day"};
    Endpoint days = about("/series", "getSheetSeries",
                          "How many items have which mark, on each day on which some number changes; days "
                          "ahead are what comes if nobody acts",
                          "Series", series);
    days.query = {from, to};
    Endpoint proven =
        about("/window", "getSheetWindow",
              "On how many days of a period each item was provably ○, and when not", "Window", window);
    proven.query = {from, to, {"rows", "\"all\": also the areas that are not published"}};
    Endpoint ahead =
        about("/forecast", "getSheetForecast",
              "What stops holding when if nobody acts; also as a calendar (Accept: text/calendar)",
              "Forecast", forecast);
    ahead.query = {{"until", "Last day; three months ahead, when it is left out", "day"},
                   {"format", "\"ics\": a calendar"}};
    Endpoint between =
        about("/diff", "getSheetDiff",
              "What changed between two moments: verdicts, the rows behind them, and the entries "
              "that did it",
              "SheetDiff", diff);
    between.query = {{"from", "A day (its end) or @ and a number of entries"},
                     {"to", "The same; today, when it is left out"},
                     {"item", "Only this item"},
                     {"detail", "\"changed\": rows of all items that differ; else of those whose mark does"},
                     {"limit", "Rows of each check, 0 to 1000", "integer"},
                     {"rows", "\"all\": also the areas that are not published"}};
    const auto as_file = [](Endpoint of, std::string id, const char* formats,
                            std::function<Result<http::Response>(Call&)> run) {
        of.pattern += "/export";
        of.id = std::move(id);
        of.summary += " (as a file)";
        of.gives = "text/csv";
        std::erase_if(of.query, [](const Parameter& one) { return one.name == "format"; });
        of.query.push_back({"format", formats});
        of.run = std::move(run);
        return of;
    };
    Endpoint proven_file =
        as_file(proven, "exportSheetWindow", "csv (when it is left out), tsv, json or table", window_file);
    proven_file.query.push_back(
        {"width", "Of a table, in columns; 0: lines as long as they come", "integer"});
    return {
        as_file(ahead, "exportSheetForecast", "csv (when it is left out), tsv, json or ics", forecast_file),
        as_file(between, "exportSheetDiff", "csv (when it is left out), tsv or json", diff_file),
        std::move(proven_file),
        std::move(days),
        std::move(proven),
        std::move(ahead),
        std::move(between)};
}

}  // namespace maru::api
