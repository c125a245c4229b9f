#include "sheets/timeline.hpp"

#include <algorithm>

#include "checks/walk.hpp"
#include "ledger/log.hpp"
#include "registers/organisation.hpp"
#include "sheets/inputs.hpp"
#include "timeline/courses.hpp"
#include "timeline/shelf.hpp"

namespace maru::sheets {

namespace {

// How far one evaluation is asked about the days after it. After so many days without an entry it is run
// again.
constexpr int days_ahead = 45;
constexpr int stretches_between_saves = 16;

Result<Hash> leaf_of(store::Database& reader, std::int64_t index) {
    auto statement = TRY(reader.prepare("select leaf from main.entry where idx = ?1"));
    statement.bind(1, index);
    Hash out{};
    if (const auto row = TRY(statement.step()); row && row->blob(0).size() == out.size())
        std::ranges::copy(row->blob(0), out.begin());
    return out;
}

// Where the days of an organisation end in its ledger.
class LedgerDays {
public:
    LedgerDays(store::Database& reader, std::int64_t size, std::chrono::minutes utc_offset)
        : reader_(reader), size_(size), utc_offset_(utc_offset) {}

    // None when there is no such entry (yet).
    Result<std::optional<Day>> day_of(std::int64_t index) {
        if (index >= size_) return std::nullopt;
        return local_day(TRY(ledger::time_of(reader_, index)), utc_offset_);
    }
    Result<std::int64_t> known_at_end_of(Day day) {
        const Instant end = Instant(day.plus_days(1).sys_days() - utc_offset_) - std::chrono::milliseconds(1);
        return std::min(size_, TRY(ledger::entries_known_at(reader_, end)));
    }
    std::int64_t size() const { return size_; }

private:
    store::Database& reader_;
    std::int64_t size_;
    std::chrono::minutes utc_offset_;
};

}  // namespace

struct Timeline::Impl {
    Source source;
    Shelf shelf;
    Courses courses;

    Result<void> forget_what_changed(store::Database& reader, LedgerDays& days);
    Result<std::optional<Day>> next_day(LedgerDays& days) const;
    Result<void> judge(checks::Walk& walk, LedgerDays& days, Day day);
    void take(Day day, Day horizon, const std::vector<JudgedItem>& items);
};

// Stretches of another ledger, and those whose first day has got more entries since.
Result<void> Timeline::Impl::forget_what_changed(store::Database& reader, LedgerDays& days) {
    while (!courses.stretches.empty()) {
        const Stretch last = courses.stretches.back();
        const bool same_ledger = last.entries > 0 && last.entries <= days.size() &&
                                 TRY(leaf_of(reader, last.entries - 1)) == last.last_leaf;
        if (!same_ledger) {
            courses = {};
            return {};
        }
        const auto next = TRY(days.day_of(last.entries));
        if (!next || *next > last.from) return {};
        courses.stretches.pop_back();
    }
    return {};
}

// The first day that the last stretch does not tell: its next entry's, or the one after it holds.
Result<std::optional<Day>> Timeline::Impl::next_day(LedgerDays& days) const {
    if (courses.stretches.empty()) return days.day_of(0);
    const Stretch& last = courses.stretches.back();
    const Day expired = last.holds_until.plus_days(1);
    const auto entry = TRY(days.day_of(last.entries));
    return entry ? std::min(*entry, expired) : expired;
}

void Timeline::Impl::take(Day day, Day horizon, const std::vector<JudgedItem>& items) {
    for (const auto& [item, input] : items) {
        courses.add(item->code, {day, verdict_on(input, day)});
        for (const Flip& flip : course_after(input, day, horizon))
            courses.add(item->code, {flip.day, flip.verdict});
    }
}

Result<void> Timeline::Impl::judge(checks::Walk& walk, LedgerDays& days, Day day) {
    Stretch stretch{day, {}, TRY(days.known_at_end_of(day)), {}};
    stretch.last_leaf = TRY(leaf_of(walk.past().reader(), stretch.entries - 1));
    checks::Evaluation& evaluation = *TRY(walk.step(stretch.entries, day));
    stretch.holds_until = std::min(evaluation.holds_until(), day.plus_days(days_ahead));
    if (const auto next = TRY(days.day_of(stretch.entries)))
        stretch.holds_until = std::min(stretch.holds_until, next->plus_days(-1));
    courses.forget_from(day);
    take(day, stretch.holds_until,
         TRY(judged_items(walk.past().reader(), evaluation, source.sheet, Sheet::Rows::all)));
    courses.stretches.push_back(stretch);
    return {};
}

Timeline::Timeline(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Timeline::Timeline(Timeline&&) noexcept = default;
Timeline::~Timeline() = default;

Result<Timeline> Timeline::open(const Source& source) {
    auto impl = std::make_unique<Impl>(
        Impl{source, Shelf::open(source.folder, source.sheet.name, source.library.version), {}});
    impl->courses = impl->shelf.load();
    auto reader = TRY(registers::Organisation::open_reader(source.folder, source.schema));
    const std::int64_t size = TRY(reader.query_integer("select size from log_state")).value_or(0);
    LedgerDays days(reader, size, source.utc_offset);
    TRY(impl->forget_what_changed(reader, days));
    return Timeline(std::move(impl));
}

Result<void> Timeline::extend(Day today, const Progress& progress) {
    Impl& self = *impl_;
    const Source& source = self.source;
    auto walk = TRY(checks::Walk::start(source.folder, source.library, source.schema,
                                        {.keys = source.sheet.keys(Sheet::Rows::all)}));
    LedgerDays days(walk.past().reader(), walk.past().size(), source.utc_offset);
    TRY(self.forget_what_changed(walk.past().reader(), days));
    std::optional<Day> unsaved;
    for (int done = 0;; ++done) {
        const auto next = TRY(self.next_day(days));
        const bool over = !next || *next > today;
        if (unsaved && (over || done % stretches_between_saves == 0)) {
            self.shelf.save(self.courses, *unsaved);
            unsaved.reset();
        }
        if (over) return {};
        if (progress) progress(*next, today);
        TRY(self.judge(walk, days, *next));
        if (!unsaved) unsaved = *next;
    }
}

std::optional<Day> Timeline::first_day() const {
    const auto& stretches = impl_->courses.stretches;
    return stretches.empty() ? std::nullopt : std::optional(stretches.front().from);
}

std::span<const Change> Timeline::changes(const Item& item) const {
    const auto found = impl_->courses.items.find(item.code);
    return found == impl_->courses.items.end() ? std::span<const Change>() : found->second;
}

std::optional<Verdict> Timeline::on(const Item& item, Day day) const {
    const Change* change = impl_->courses.find(item.code, day);
    return change ? std::optional(change->verdict) : std::nullopt;
}

bool Timeline::tells(const Place& place) const {
    const auto& stretches = impl_->courses.stretches;
    const auto after = std::ranges::upper_bound(stretches, place.day, {}, &Stretch::from);
    if (after == stretches.begin()) return false;
    const Stretch& one = *std::prev(after);
    return one.entries == place.entries && place.day <= one.holds_until;
}

std::vector<Tally> Timeline::series(Day from, Day to, Sheet::Rows rows) const {
    std::vector<Tally> out;
    const auto first = first_day();
    if (!first || std::max(from, *first) > to) return out;
    Tally start{std::max(from, *first)};
    std::map<Day, std::array<std::int64_t, 5>> steps;  // what to add from a day on
    for (const Item* item : impl_->source.sheet.rows(rows)) {
        const Change* last = impl_->courses.find(item->code, start.day);
        if (last) ++start.items[static_cast<std::size_t>(last->verdict.mark)];
        for (const Change& change : changes(*item)) {
            if (change.day <= start.day || change.day > to) continue;
            auto& step = steps[change.day];
            if (last) --step[static_cast<std::size_t>(last->verdict.mark)];
            ++step[static_cast<std::size_t>(change.verdict.mark)];
            last = &change;
        }
    }
    out.push_back(start);
    for (const auto& [day, step] : steps) {
        Tally next{day, out.back().items};
        for (std::size_t i = 0; i < step.size(); ++i) next.items[i] += step[i];
        if (next.items != out.back().items) out.push_back(next);
    }
    return out;
}

}  // namespace maru::sheets
