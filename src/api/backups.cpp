// How the backups are going.
#include <boost/json.hpp>

#include "api/endpoints.hpp"
#include "backup/evidence.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using backup::Health;
using identity::Action;

constexpr int shown_runs = 30;

std::string_view code_of(Health::State state) {
    switch (state) {
        case Health::State::off: return "off";
        case Health::State::waiting: return "waiting";
        case Health::State::good: return "good";
        case Health::State::failed: return "failed";
    }
    return "off";
}

std::string advice_on(const Call& call, const Health& health) {
    switch (health.state) {
        case Health::State::off:
            return call.say(
                "バックアップが設定されていません。maru serve の設定ファイルの [backup] "
                "に保存先と公開鍵を書くか、"
                "maru backup run を毎日実行してください。",
                "No backups are configured. Write a place and a public key under [backup] of the server's "
                "configuration, or run maru backup run every day.");
        case Health::State::waiting:
            return call.say("最初のバックアップをこれから取ります。", "The first backup is still to come.");
        case Health::State::good:
            return call.say("年に1回は maru restore --drill で復元できることを確かめてください。",
                            "Try once a year whether it can be restored: maru restore --drill.");
        case Health::State::failed:
            return call.say(
                "保存先の空き容量・権限・鍵を確かめてください。15分ごとにやり直します。",
                "Check the place's free space, permissions and keys; it is tried again every 15 minutes.");
    }
    return "";
}

Result<json::array> runs_in(store::Database& reader) {
    auto query =
        TRY(reader.prepare("select r.ran_on, r.result from backup_run r join backup_job j on j.id = r.job "
                           "where j.code = ?1 order by r.ran_on desc limit ?2"));
    query.bind(1, std::string_view(backup::job_code)).bind(2, std::int64_t(shown_runs));
    json::array out;
    while (const auto row = TRY(query.step()))
        out.push_back(json::object{{"on", row->text(0)}, {"result", row->text(1)}});
    return out;
}

Result<json::value> last_drill_in(store::Database& reader) {
    auto query =
        TRY(reader.prepare("select t.tested_on, t.succeeded from restore_test t join backup_job j on j.id = "
                           "t.job where j.code = ?1 order by t.tested_on desc limit 1"));
    query.bind(1, std::string_view(backup::job_code));
    const auto row = TRY(query.step());
    if (!row) return json::value(nullptr);
    return json::value(json::object{{"on", row->text(0)}, {"succeeded", row->integer(1) != 0}});
}

Result<http::Response> show(Call& call) {
    if (!call.may().may(Action::see_rows)) TRY(call.expect(Action::back_up));
    const Health health = call.site.backups();
    const auto reader = TRY(call.site.readers().now());
    json::object out{{"state", code_of(health.state)}, {"advice", advice_on(call, health)},
                     {"place", health.place},          {"kept", health.kept},
                     {"runs", TRY(runs_in(*reader))},  {"lastDrill", TRY(last_drill_in(*reader))}};
    if (health.last_success) {
        out["lastSuccess"] = format_instant(*health.last_success);
        out["name"] = health.name;
        out["bytes"] = health.bytes;
    }
    if (health.next) out["next"] = format_instant(*health.next);
    if (!health.problem.en.empty()) out["problem"] = health.problem.in(call.language);
    return json_response(out);
}

}  // namespace

std::vector<Endpoint> backup_endpoints() {
    return {
        {.method = http::Method::get,
         .pattern = "/backups",
         .id = "getBackups",
         .tag = "operations",
         .summary = "How the daily backups are going, the last 30 that were recorded, the last restore drill",
         .gives = "Backups",
         .run = show}};
}

}  // namespace maru::api
