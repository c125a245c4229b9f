#include "contents/period.hpp"

#include <algorithm>
#include <chrono>

namespace maru::packs {

namespace {

Result<std::int64_t> known_at_end_of(store::Database& reader, Day day) {
    const Instant end(day.plus_days(1).sys_days() - japan_offset);
    return ledger::entries_known_at(reader, end - std::chrono::milliseconds(1));
}

EntryDay& day_of(Period& period, Day day) {
    if (period.days.empty() || period.days.back().day != day) period.days.push_back({day, 0, {}, {}});
    return period.days.back();
}

}  // namespace

Result<Period> entries_between(store::Database& reader, Day from, Day to, const ListLimits& limits) {
    Period period;
    period.first = TRY(known_at_end_of(reader, from.plus_days(-1)));
    period.end = TRY(known_at_end_of(reader, to));
    auto query =
        TRY(reader.prepare("select idx, body from main.entry where idx >= ?1 and idx < ?2 order by idx"));
    query.bind(1, period.first).bind(2, period.end);
    std::size_t listed = 0;
    while (const auto row = TRY(query.step())) {
        ledger::Entry entry = TRY(ledger::decode(row->text(1)));
        EntryDay& day = day_of(period, local_day(entry.at, japan_offset));
        ++day.count;
        ++day.by_register[entry.register_name];
        if (day.entries.size() >= limits.per_day || listed >= limits.altogether) continue;
        day.entries.push_back({row->integer(0), std::move(entry)});
        ++listed;
    }
    return period;
}

}  // namespace maru::packs
