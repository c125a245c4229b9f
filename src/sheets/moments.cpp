#include "sheets/moments.hpp"

#include <fmt/core.h>

#include <charconv>
#include <optional>

#include "ledger/log.hpp"

namespace maru::sheets {

namespace {

// "1200" or "@1200".
std::optional<std::int64_t> whole_number(std::string_view text) {
    if (text.starts_with('@')) text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

// A day means its end: what was recorded on that day is known.
Instant end_of(Day day) {
    return Instant(day.plus_days(1).sys_days() - japan_offset) - std::chrono::milliseconds(1);
}

std::unexpected<Error> unreadable(const char* option, const std::string& text) {
    return fail(
        ErrorKind::invalid,
        {fmt::format(
             "{}: 「{}」は変更記録の件数（1200）・日付（2026-11-23）・日時（2026-11-23T09:00:00+09:00）の"
             "いずれでもありません。",
             option, text),
         fmt::format("{}: \"{}\" is neither a number of entries (1200), a day (2026-11-23), nor an instant "
                     "(2026-11-23T09:00:00+09:00).",
                     option, text)});
}

std::unexpected<Error> in_the_future(const Asked& asked, const std::string& text) {
    return fail(
        ErrorKind::invalid,
        {fmt::format(
             "{}: {} はまだ来ていません。{} 以前を指定してください。先のことは maru forecast で見られます。",
             asked.by, text, asked.today().iso()),
         fmt::format("{}: {} has not come yet; give {} or earlier. maru forecast looks ahead.", asked.by,
                     text, asked.today().iso())});
}

Result<std::int64_t> size_of(store::Database& reader) {
    return TRY(reader.query_integer("select s.size from log_state s")).value_or(0);
}

Result<void> expect_begun(store::Database& reader, const char* option, Instant instant) {
    if (TRY(size_of(reader)) == 0)
        return fail(
            ErrorKind::invalid,
            {fmt::format("{}: 変更記録がまだありません。先に maru put などで登録してください。", option),
             fmt::format(
                 "{}: the ledger has no entry yet; record something first, for example with maru put.",
                 option)});
    const Instant first = TRY(ledger::time_of(reader, 0));
    if (instant >= first) return {};
    return fail(ErrorKind::invalid,
                {fmt::format("{}: 変更記録は {} に始まります。その時以降を指定してください。", option,
                             local_time(first)),
                 fmt::format("{}: the ledger begins at {}; give that time or a later one.", option,
                             local_time(first))});
}

Result<std::int64_t> entries_at_index(store::Database& reader, const char* option, std::int64_t number) {
    const std::int64_t size = TRY(size_of(reader));
    if (number >= 0 && number <= size) return number;
    return fail(ErrorKind::invalid,
                {fmt::format("{}: 変更記録は {} 件です。0 から {} を指定してください。", option, size, size),
                 fmt::format("{}: the ledger has {} entries; give 0 to {}.", option, size, size)});
}

// Of an empty ledger the day of today.
Result<Day> day_of_last(const Asked& asked, store::Database& reader, std::int64_t entries) {
    if (entries > 0) return local_day(TRY(ledger::time_of(reader, entries - 1)), japan_offset);
    if (TRY(size_of(reader)) == 0) return asked.today();
    return local_day(TRY(ledger::time_of(reader, 0)), japan_offset);
}

}  // namespace

std::string local_time(Instant instant) {
    const std::string text = format_instant(instant + japan_offset);
    return text.substr(0, 10) + " " + text.substr(11, 5);
}

Result<Day> written_day(const char* asked_by, const std::string& written) {
    auto day = parse_written_day(written);
    if (!day) return std::unexpected(prefixed(asked_by, day.error()));
    return *day;
}

Result<Day> past_day(const Asked& asked, const std::string& written) {
    const Day day = TRY(written_day(asked.by, written));
    if (day > asked.today()) return in_the_future(asked, day.iso());
    return day;
}

Result<std::int64_t> entries_known(store::Database& reader, const Asked& asked, const std::string& written) {
    if (const auto number = whole_number(written)) return entries_at_index(reader, asked.by, *number);
    if (const auto instant = parse_instant(written)) {
        if (*instant > asked.now) return in_the_future(asked, written);
        TRY(expect_begun(reader, asked.by, *instant));
        return ledger::entries_known_at(reader, *instant);
    }
    if (!parse_written_day(written)) return unreadable(asked.by, written);
    const Day day = TRY(past_day(asked, written));
    TRY(expect_begun(reader, asked.by, end_of(day)));
    return ledger::entries_known_at(reader, end_of(day));
}

Result<Moment> written_moment(store::Database& reader, const Asked& asked, const std::string& written) {
    if (written.starts_with('@')) {
        const auto number = whole_number(written);
        if (!number) return unreadable(asked.by, written);
        const std::int64_t entries = TRY(entries_at_index(reader, asked.by, *number));
        return Moment{entries, TRY(day_of_last(asked, reader, entries)), false};
    }
    const Day day = TRY(past_day(asked, written));
    return Moment{TRY(entries_known(reader, asked, day.iso())), day, true};
}

}  // namespace maru::sheets
