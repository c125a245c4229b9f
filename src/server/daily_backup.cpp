#include "server/daily_backup.hpp"

#include <algorithm>

#include "backup/evidence.hpp"
#include "backup/keys.hpp"
#include "registers/handed_out.hpp"

namespace maru::server {

namespace {

constexpr std::chrono::minutes between_tries{15};
constexpr std::chrono::hours overdue{48};

}  // namespace

DailyBackup::DailyBackup(api::Site& site, Options options) : site_(site), options_(std::move(options)) {
    health_.state = backup::Health::State::waiting;
    health_.place = options_.place;
    site_.backed_up_by([this] { return health(); });
}

DailyBackup::~DailyBackup() { site_.backed_up_by({}); }

// The last time that the hour of backups came.
Instant DailyBackup::hour_before(Instant now) const {
    const Instant local = now + japan_offset;
    const Instant hour = std::chrono::floor<std::chrono::days>(local) + options_.at;
    return (hour <= local ? hour : hour - std::chrono::days(1)) - japan_offset;
}

std::string DailyBackup::origin() const { return site_.organisation().log_key().name; }

// What is there, however it came there.
Result<void> DailyBackup::look(const backup::Place& place, const std::string& origin) {
    std::vector<backup::Stored> all = TRY(place.list());
    std::erase_if(all, [&](const backup::Stored& one) { return !backup::is_name_of(origin, one.name); });
    const std::lock_guard lock(mutex_);
    health_.kept = std::ssize(all);
    if (all.empty()) return {};
    health_.last_success = backup::time_of(all.back().name);
    health_.name = all.back().name;
    health_.bytes = all.back().bytes;
    if (health_.problem.en.empty()) health_.state = backup::Health::State::good;
    return {};
}

Result<void> DailyBackup::record(Day day, backup::Health::State state) {
    const auto reader = TRY(site_.readers().now());
    const std::string by = TRY(backup::responsible(*reader, day));
    const auto outcome =
        state == backup::Health::State::good ? backup::Outcome::success : backup::Outcome::failed;
    return backup::record_run(
        [this](registers::PutRequest request) { return site_.put(std::move(request), ""); },
        {day, outcome, options_.place, by});
}

Result<void> DailyBackup::attempt(Instant now) {
    const backup::KeyFile key = TRY(backup::read_key(options_.key));
    const auto place = TRY(backup::open_place(options_.place, options_.bucket));
    if (!looked_) TRY(look(*place, origin()));
    looked_ = true;
    if (const auto known = health(); known.last_success && *known.last_success >= hour_before(now)) return {};
    const auto made = TRY(backup::make_backup({.organisation = site_.folder(),
                                               .public_key = key.public_key,
                                               .definitions = site_.catalog().library.version,
                                               .program = options_.program,
                                               .clock = [this] { return site_.now(); },
                                               .random = options_.random},
                                              *place));
    registers::note_handed_out(site_.folder(), "backup", place->path_of(made.name), now);
    note_success(made);
    thin(*place, made.header.origin);
    if (const auto done = look(*place, made.header.origin); !done) options_.tell(done.error().message);
    if (const auto done = record(local_day(now, japan_offset), backup::Health::State::good); !done)
        options_.tell(done.error().message);
    return {};
}

void DailyBackup::note_success(const backup::Made& made) {
    const std::lock_guard lock(mutex_);
    health_.state = backup::Health::State::good;
    health_.problem = {};
    health_.last_success = made.header.time;
    health_.name = made.name;
    health_.bytes = made.bytes;
}

// The day's backup is there, whatever becomes of the old ones.
void DailyBackup::thin(const backup::Place& place, const std::string& origin) {
    if (options_.keep == 0) return;
    const auto removed = backup::thin(place, origin, options_.keep);
    if (!removed) return options_.tell(removed.error().message);
    for (const std::string& name : *removed) registers::note_gone(site_.folder(), place.path_of(name));
}

void DailyBackup::note_failure(const Error& error, Instant now) {
    {
        const std::lock_guard lock(mutex_);
        health_.state = backup::Health::State::failed;
        health_.problem = error.message;
        next_try_ = now + between_tries;
    }
    const Day today = local_day(now, japan_offset);
    if (told_ == today) return;
    told_ = today;
    options_.tell(error.message);
    // Where it cannot be recorded either, the message above has been sent all the same.
    static_cast<void>(record(today, backup::Health::State::failed));
}

Result<void> DailyBackup::keep() {
    const Instant now = site_.now();
    const auto last = health().last_success;
    if (now < next_try_ || (looked_ && last && *last >= hour_before(now))) return {};
    const auto done = attempt(now);
    if (!done) note_failure(done.error(), now);
    return done;
}

backup::Health DailyBackup::health() const {
    const Instant now = site_.now();
    const std::lock_guard lock(mutex_);
    backup::Health out = health_;
    if (out.state == backup::Health::State::good && out.last_success && now - *out.last_success > overdue)
        out.state = backup::Health::State::failed;
    out.next = out.state == backup::Health::State::failed ? std::max(next_try_, now)
                                                          : hour_before(now) + std::chrono::days(1);
    return out;
}

}  // namespace maru::server
