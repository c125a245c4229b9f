#include "api/judge.hpp"

#include <algorithm>
#include <condition_variable>
#include <future>
#include <optional>
#include <set>
#include <thread>

#include "judge/keeper.hpp"
#include "judge/task_lists.hpp"
#include "judge/timelines.hpp"

namespace maru::api {

namespace {

constexpr std::size_t texts_kept = 400;
constexpr std::size_t states_kept = 24;

std::vector<std::string> items_that_differ(const sheets::JudgedSheet& before,
                                           const sheets::JudgedSheet& after) {
    std::vector<std::string> out;
    for (const sheets::Item& item : after.sheet().items)
        if (before.verdict(item, before.day()) != after.verdict(item, after.day())) out.push_back(item.code);
    return out;
}

// Judged sheets of other days and earlier entries, each made once however many ask for it.
class States {
public:
    using Made = std::shared_future<Result<SharedJudged>>;
    using Key = std::tuple<std::string, std::int64_t, Day>;

    Result<SharedJudged> get(const Key& key, const std::function<Result<SharedJudged>()>& make) {
        std::promise<Result<SharedJudged>> promise;
        {
            std::unique_lock lock(mutex_);
            const auto known = std::ranges::find(states_, key, &std::pair<Key, Made>::first);
            if (known != states_.end()) {
                states_.splice(states_.begin(), states_, known);
                const Made made = known->second;
                lock.unlock();
                return made.get();
            }
            states_.emplace_front(key, promise.get_future().share());
            if (states_.size() > states_kept) states_.pop_back();
        }
        auto made = make();
        promise.set_value(made);
        if (!made) drop(key);
        return made;
    }

    void clear() {
        const std::lock_guard lock(mutex_);
        states_.clear();
    }

private:
    void drop(const Key& key) {
        const std::lock_guard lock(mutex_);
        std::erase_if(states_, [&](const auto& state) { return state.first == key; });
    }
    std::mutex mutex_;
    std::list<std::pair<Key, Made>> states_;  // those used last in front
};

}  // namespace

http::SharedText Judged::text(const std::string& key, const std::function<Result<std::string>()>& make,
                              Error& failed) const {
    {
        const std::lock_guard lock(mutex_);
        if (const auto known = texts_.find(key); known != texts_.end()) return known->second;
    }
    auto made = make();
    if (!made) {
        failed = made.error();
        return nullptr;
    }
    auto text = std::make_shared<const std::string>(std::move(*made));
    const std::lock_guard lock(mutex_);
    if (texts_.size() >= texts_kept) texts_.clear();
    return texts_.try_emplace(key, std::move(text)).first->second;
}

struct Judge::Impl {
    using Steady = std::chrono::steady_clock;
    using Sheets = std::map<const sheets::Sheet*, SharedJudged>;
    // Which state it is that everything was judged on.
    struct Done {
        std::uint64_t generation = 0;
        Day day;
        bool covers(const Done& other) const { return generation >= other.generation && day >= other.day; }
    };

    Source source;
    Keeper keeper;
    Desks desks;
    Timelines timelines;
    States states{};

    std::mutex mutex{};
    std::condition_variable_any wake{};  // the judge, when something is to be done
    std::condition_variable done_now{};  // those who wait for it
    Done done{}, asked{};
    std::optional<Steady::time_point> since{};  // when it began to do what is asked
    Sheets sheets{};
    std::optional<Error> failed{};  // the last time
    bool anew = false;
    int waiting = 0;  // requests
    TaskLists task_lists;
    std::jthread thread;  // last: it works with all of the above

    explicit Impl(Source given)
        : source(std::move(given)),
          keeper(source.folder, *source.catalog, source.anchors),
          desks(source.folder, *source.catalog, source.anchors),
          timelines(source.folder, *source.catalog),
          task_lists([this](const SharedJudged& judged, Day until) { return find_tasks(judged, until); },
                     source.patience.changes),
          thread([this](const std::stop_token& stop) { work(stop); }) {}
    Done wanted() const { return {source.readers->generation(), local_day(source.clock(), japan_offset)}; }
    void work(const std::stop_token& stop);
    Result<Sheets> judge(Day day);
    void publish(const Done& what, Result<Sheets> made);
    Result<SharedJudged> now(const sheets::Sheet& sheet);
    Result<Desks::Lease> desk(const sheets::JudgedSheet& known);
    Result<FoundTasks> find_tasks(const SharedJudged& judged, Day until);
    // Called with the lock.
    std::chrono::milliseconds patience(Day day) const {
        return done.day == day ? source.patience.changes : source.patience.anew;
    }
};

void Judge::Impl::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    while (wake.wait(lock, stop, [&] { return anew || !done.covers(asked); })) {
        if (std::exchange(anew, false)) {
            keeper.forget();
            done_now.notify_all();
            continue;
        }
        const Done what = wanted();
        since = Steady::now();
        lock.unlock();
        auto made = judge(what.day);
        lock.lock();
        publish(what, std::move(made));
    }
}

Result<Judge::Impl::Sheets> Judge::Impl::judge(Day day) {
    if (!TRY(keeper.bring_up(day))) {
        const std::lock_guard lock(mutex);
        return sheets;
    }
    Sheets out;
    for (const sheets::Sheet& sheet : source.catalog->sheets)
        out[&sheet] = std::make_shared<const Judged>(
            TRY(sheets::JudgedSheet::of(keeper.reader(), keeper.evaluation(), sheet, keeper.entries())));
    return out;
}

// Called with the lock; lets go of it while it tells.
void Judge::Impl::publish(const Done& what, Result<Sheets> made) {
    const Sheets before = sheets;
    done = what;
    since.reset();
    failed = made ? std::nullopt : std::optional(made.error());
    if (made) sheets = std::move(*made);
    const Sheets after = sheets;
    done_now.notify_all();
    mutex.unlock();
    for (const auto& [sheet, judged] : after) {
        const auto old = before.find(sheet);
        if (old == before.end() || old->second == judged) continue;
        const auto items = items_that_differ(**old->second, **judged);
        if (!items.empty() && source.changed) source.changed(**judged, items);
    }
    mutex.lock();
}

Result<SharedJudged> Judge::Impl::now(const sheets::Sheet& sheet) {
    const Done want = wanted();
    std::unique_lock lock(mutex);
    const auto is_there = [&] { return done.covers(want); };
    if (failed) done = {};  // perhaps it works now
    if (!is_there()) {
        asked = {std::max(asked.generation, want.generation), std::max(asked.day, want.day)};
        wake.notify_one();
        ++waiting;
        if (!sheets.empty())
            done_now.wait_until(lock, since.value_or(Steady::now()) + patience(want.day), is_there);
        if (sheets.empty()) done_now.wait(lock, is_there);  // also when everything was let go of meanwhile
        --waiting;
    }
    if (const auto found = sheets.find(&sheet); found != sheets.end()) return found->second;
    return std::unexpected(
        failed.value_or(Error{ErrorKind::internal, {"判定がありません。", "nothing was judged"}}));
}

Judge::Judge(Source source) : impl_(std::make_unique<Impl>(std::move(source))) {}

Judge::~Judge() = default;

Result<SharedJudged> Judge::now(const sheets::Sheet& sheet) { return impl_->now(sheet); }

Result<SharedJudged> Judge::at(const sheets::Sheet& sheet, const sheets::Place& place) {
    return impl_->states.get({sheet.name, place.entries, place.day}, [&]() -> Result<SharedJudged> {
        const auto desk = TRY(impl_->desks.at(place));
        return std::make_shared<const Judged>(
            TRY(sheets::JudgedSheet::of(desk.reader(), desk.evaluation(), sheet, place.entries)));
    });
}

Result<Desks::Lease> Judge::Impl::desk(const sheets::JudgedSheet& known) {
    auto desk = TRY(desks.at({known.entries(), known.day()}));
    for (const checks::CheckKey& key : known.sheet().keys(sheets::Sheet::Rows::all))
        if (const checks::CheckResult* result = known.result(key)) desk.evaluation().adopt(*result);
    return desk;
}

Result<FoundTasks> Judge::Impl::find_tasks(const SharedJudged& judged, Day until) {
    Desks::Lease lent = TRY(desk(**judged));
    auto found = TRY(sheets::tasks(lent.evaluation(), (*judged)->sheet(), until));
    return FoundTasks{std::make_shared<const std::vector<sheets::Task>>(std::move(found)),
                      (*judged)->entries(), (*judged)->day()};
}

Result<Desks::Lease> Judge::desk(const sheets::JudgedSheet& known) { return impl_->desk(known); }

Result<FoundTasks> Judge::tasks(const SharedJudged& judged, Day until) {
    return impl_->task_lists.of(judged, until);
}

void Judge::forget() {
    impl_->task_lists.forget();
    std::unique_lock lock(impl_->mutex);
    impl_->anew = true;
    impl_->wake.notify_one();
    impl_->done_now.wait(lock, [&] { return !impl_->anew; });
    impl_->done = {};
    // Those who still wait need it judged once more.
    if (impl_->waiting == 0)
        impl_->asked = {};
    else
        impl_->wake.notify_one();
    impl_->sheets.clear();
    impl_->states.clear();
    impl_->desks.forget();
}

std::shared_ptr<const sheets::Timeline> Judge::timeline(const sheets::Sheet& sheet) {
    return impl_->timelines.newest(sheet);
}

void Judge::extend(Day day) { impl_->timelines.extend(day); }

Result<std::shared_ptr<const sheets::Timeline>> Judge::timeline_until(const sheets::Sheet& sheet, Day day) {
    return impl_->timelines.until(sheet, day);
}

}  // namespace maru::api
