#include "backup/evidence.hpp"

namespace maru::backup {

namespace {

// What an operator has changed in the job stays.
Result<void> ensure_job(const Put& put, Day day, const std::string& destination, const std::string& by) {
    registers::PutRequest job{.register_name = "backup_job",
                              .fields = {{"code", job_code},
                                         {"name", "maru の台帳と変更記録簿"},
                                         {"interval_days", "1"},
                                         {"destination", destination},
                                         {"owner", by},
                                         {"started_on", day.iso()}},
                              .must_be_new = true};
    const auto made = put(std::move(job));
    if (!made && made.error().kind != ErrorKind::conflict) return std::unexpected(made.error());
    return {};
}

}  // namespace

Result<void> record_run(const Put& put, const RunRecord& run) {
    TRY(ensure_job(put, run.on, run.destination, run.by));
    TRY(put({.register_name = "backup_run",
             .fields = {{"job", job_code},
                        {"ran_on", run.on.iso()},
                        {"result", run.outcome == Outcome::success ? "success" : "failed"}}}));
    return {};
}

Result<void> record_drill(const Put& put, const DrillRecord& drill) {
    TRY(ensure_job(put, drill.on, drill.destination, drill.by));
    const bool good = drill.outcome == Outcome::success;
    TRY(put({.register_name = "restore_test",
             .fields = {{"job", job_code},
                        {"tested_on", drill.on.iso()},
                        {"succeeded", good ? "true" : "false"},
                        {"minutes", good ? std::to_string(drill.minutes) : ""},
                        {"tested_by", drill.by}}}));
    return {};
}

Result<std::string> responsible(store::Database& reader, Day day) {
    auto query = TRY(reader.prepare(
        "select a.person from appointment a where a.role = 'security_manager' and (a.from_day is null or "
        "a.from_day <= ?1) and (a.to_day is null or a.to_day >= ?1) order by a.from_day desc, a.id limit 1"));
    query.bind(1, std::string_view(day.iso()));
    if (const auto row = TRY(query.step())) return "#" + std::to_string(row->integer(0));
    return fail(ErrorKind::invalid,
                {"情報セキュリティ管理者が任命台帳にいないため、担当者が分かりません。--by 従業者番号 "
                 "で指定してください。",
                 "nobody is appointed security manager, so it is not clear who answers for backups; name "
                 "somebody with --by CODE"});
}

}  // namespace maru::backup
