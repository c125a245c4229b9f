// A year of an organisation, day by day.
#include <fmt/core.h>

#include "checks/calendar.hpp"
#include "measure.hpp"
#include "organisation.hpp"

namespace maru::bench {

namespace {

using registers::WriteContext;
using registers::WrittenFields;

constexpr int trainings_a_day = 200;
constexpr int accounts_a_day = 40;
constexpr int accounts_stay = 30;  // business days
constexpr int devices_a_day = 100;
constexpr int mended_after = 3;  // business days
constexpr int acknowledgements_a_day = 40;
constexpr int people = 10'000;

Result<void> put(WriteContext& context, const char* register_name, WrittenFields fields) {
    const auto change = registers::put(context, {register_name, {}, {}, std::move(fields), false});
    if (!change) return std::unexpected(prefixed(register_name, change.error()));
    return {};
}

// The i-th of something on a day, spread over all of them.
int spread(int day, int i, int of) { return (day * 7919 + i * 104'729) % of; }

Result<void> import_lists(WriteContext& context, Day today) {
    for (int i = 0; i < services; ++i)
        TRY(put(context, "list_import",
                {{"list", "L-" + service_code(i)},
                 {"complete_on", today.iso()},
                 {"imported_by", "E004"},
                 {"complete", "1"}}));
    return {};
}

Result<void> train(WriteContext& context, Day today, int day) {
    for (int i = 0; i < trainings_a_day; ++i)
        TRY(put(context, "training",
                {{"person", person_code(spread(day, i, people))},
                 {"course", fmt::format("C-B{}", 1 + day % 5)},
                 {"done_on", today.iso()},
                 {"passed", "1"},
                 {"score", "80"}}));
    return {};
}

std::string account_name(int day, int i) { return fmt::format("t{}-{}@calllink.example", day, i); }

Result<void> accounts(WriteContext& context, Day today, int day) {
    for (int i = 0; i < accounts_a_day; ++i) {
        TRY(put(context, "account",
                {{"service", service_code(spread(day, i, services))},
                 {"account_name", account_name(day, i)},
                 {"person", person_code(spread(day, i, people))},
                 {"kind", "person"},
                 {"privileged", "0"},
                 {"mfa", "1"},
                 {"created_on", today.iso()},
                 {"last_sign_in_on", today.iso()}}));
        const int old = day - accounts_stay;
        if (old >= 0)
            TRY(put(context, "account",
                    {{"service", service_code(spread(old, i, services))},
                     {"account_name", account_name(old, i)},
                     {"disabled_on", today.iso()}}));
    }
    return {};
}

Result<void> turn(WriteContext& context, Day today, int day, const char* good) {
    for (int i = 0; day >= 0 && i < devices_a_day; ++i)
        TRY(put(context, "fact",
                {{"device", fmt::format("DV{:07}", 2 * spread(day, i, people))},
                 {"kind", "screen_lock"},
                 {"good", good},
                 {"since", today.iso()}}));
    return {};
}

Result<void> acknowledge(WriteContext& context, Day today, int day) {
    for (int i = 0; i < acknowledgements_a_day; ++i)
        TRY(put(context, "acknowledgement",
                {{"person", person_code(spread(day, i, people))},
                 {"document", "DOC-MANUAL"},
                 {"edition", "第9版"},
                 {"acknowledged_on", today.iso()},
                 {"method", "click"}}));
    return {};
}

Result<void> work(WriteContext& context, Day today, int day) {
    TRY(import_lists(context, today));
    TRY(train(context, today, day));
    TRY(accounts(context, today, day));
    TRY(turn(context, today, day, "0"));
    TRY(turn(context, today, day - mended_after, "1"));
    return acknowledge(context, today, day);
}

}  // namespace

Result<Made> live(const std::filesystem::path& folder, const std::filesystem::path& catalog,
                  const registers::Schema& schema, Day first) {
    const Stopwatch watch;
    const checks::Calendar calendar(TRY(checks::Holidays::load(catalog / "calendars" / "jp.toml")), {});
    const auto today = std::make_shared<Day>(first);
    const auto organisation = TRY(registers::Organisation::open(folder, schema, environment_of(today)));
    const auto before = organisation->ledger_state().size;
    for (int day = 0; *today < bench_day; *today = today->plus_days(1)) {
        if (!calendar.is_business_day(*today)) continue;
        TRY(organisation->exclusively([&](WriteContext& context) { return work(context, *today, day); }));
        ++day;
    }
    return Made{static_cast<std::int64_t>(organisation->ledger_state().size - before), watch.seconds()};
}

}  // namespace maru::bench
