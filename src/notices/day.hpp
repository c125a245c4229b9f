// What happens once a day: verdicts are computed and remembered, and people and programs are told what waits
// for them and what changed.
#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "checks/check.hpp"
#include "notices/settings.hpp"
#include "notices/templates.hpp"
#include "sheets/sheet.hpp"

namespace maru::notices {

struct DayRequest {
    std::filesystem::path folder;  // of the organisation
    const registers::Schema& schema;
    const checks::Library& library;
    const sheets::Sheet& sheet;
    const Templates& templates;
    const Settings& settings;
    Random random;
    std::chrono::minutes utc_offset = japan_offset;
};

struct DayOutcome {
    Day day;
    enum class Was { done, done_before } was = Was::done;
    enum class Digests { sent, on_holiday, without_mail } digests = Digests::sent;
    std::int64_t open = 0, soon = 0;  // tasks: now, within 7 days
    std::int64_t full = 0, items = 0;
    std::int64_t mails = 0, webhook_calls = 0;  // queued
    std::int64_t digest_mails = 0, escalation_mails = 0, flipped = 0, decisions = 0;
    std::int64_t unaddressed = 0;  // tasks and decisions for which nobody can be reached
};

// Once per day, however often it is called; killed in between it has done nothing, or everything. It
//  - sends each person one digest (open, due in 7 days, new since the last one); what has no owner who can be
//    reached goes to the security manager,
//  - tells managers, once, of tasks that were left for setting escalation_days,
//  - tells the security manager, the security office and webhooks which marks changed since the last run,
//  - asks the security manager and top management to decide about published answers that were not true for
//  longer
//    than setting publish_grace, every 7 days until the claim is approved anew or true again,
//  - sends webhooks that want it a summary.
// Digests and escalations rest on weekends and holidays (the organisation's calendar). Nothing is sent when
// there is nothing. The first run tells of no flips: nothing is known of before.
Result<DayOutcome> run_day(const DayRequest& request, Instant now);

}  // namespace maru::notices
