#include "notices/day.hpp"

#include "database/open.hpp"
#include "days/context.hpp"
#include "registers/organisation.hpp"
#include "sheets/report.hpp"

namespace maru::notices {

namespace {

constexpr int days_ahead = 7;

Result<checks::Evaluation> evaluate(const DayRequest& request, store::Database& reader, Day day) {
    checks::EvaluationOptions options;
    options.today = day;
    options.open_reader = [&] {
        return registers::Organisation::open_reader(request.folder, request.schema);
    };
    return checks::Evaluation::open(reader, request.library, request.schema, options);
}

Result<sheets::Timeline> timeline_of(const DayRequest& request, Day day) {
    auto timeline = TRY(sheets::Timeline::open(
        {request.folder, request.library, request.schema, request.sheet, request.utc_offset}));
    TRY(timeline.extend(day));
    return timeline;
}

Result<void> write_notices(DayContext& day, const std::vector<sheets::Task>& tasks) {
    day.after.digest_day = day.before.digest_day;
    remember_tasks(day, tasks);
    if (!day.sends_mail()) {
        day.outcome.digests = DayOutcome::Digests::without_mail;
    } else if (!day.evaluation.calendar().is_business_day(day.day)) {
        day.outcome.digests = DayOutcome::Digests::on_holiday;
    } else {
        write_digests(day, tasks);
        write_escalations(day, tasks);
    }
    const auto timeline = TRY(timeline_of(day.request, day.day));
    tell_flips(day, timeline);
    TRY(ask_for_decisions(day, timeline));
    tell_summary(day);
    return {};
}

}  // namespace

Result<DayOutcome> run_day(const DayRequest& request, Instant now) {
    const Day today = local_day(now, request.utc_offset);
    auto database = TRY(open_database(request.folder));
    const Memory before = TRY(load_memory(database, request.sheet.name));
    DayOutcome done_before{.day = today, .was = DayOutcome::Was::done_before};
    if (before.last_day && *before.last_day >= today) return done_before;
    auto reader = TRY(registers::Organisation::open_reader(request.folder, request.schema));
    auto evaluation = TRY(evaluate(request, reader, today));
    const People people = TRY(People::load(reader, request.schema, today, request.settings.language));
    const auto hooks = TRY(webhooks(reader));
    const auto tasks = TRY(sheets::tasks(evaluation, request.sheet, today.plus_days(days_ahead)));
    DayContext day{request, now,        today,
                   reader,  evaluation, people,
                   hooks,   before,     TRY(sheets::organisation_name(reader))};
    day.outcome.day = today;
    TRY(write_notices(day, tasks));
    const bool first =
        TRY(commit_day(database, request.sheet.name,
                       {today, now, std::move(day.drafts), std::move(day.after)}, request.random));
    return first ? day.outcome : done_before;
}

}  // namespace maru::notices
