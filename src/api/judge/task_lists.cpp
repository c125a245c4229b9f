#include "judge/task_lists.hpp"

#include <algorithm>

namespace maru::api {

namespace {

constexpr std::size_t lists_kept = 8;

bool covers(const FoundTasks& found, const sheets::JudgedSheet& judged) {
    return found.entries >= judged.entries() && found.day == judged.day();
}

}  // namespace

Result<FoundTasks> TaskLists::of(const SharedJudged& judged, Day until) {
    std::unique_lock lock(mutex_);
    List& list = list_for({&(*judged)->sheet(), until});
    if (list.newest && covers(*list.newest, **judged)) return *list.newest;
    want(list, judged);
    ++list.waiting;
    if (list.newest && list.newest->day == (*judged)->day())
        done_.wait_for(lock, patience_, [&] { return list.is_idle(); });
    else
        list.newest.reset();
    done_.wait(lock, [&] { return list.newest || list.failed; });
    --list.waiting;
    if (list.newest) return *list.newest;
    return std::unexpected(*list.failed);
}

// Days that nobody asks for any more make room.
TaskLists::List& TaskLists::list_for(const Key& key) {
    if (!lists_.contains(key) && lists_.size() >= lists_kept)
        std::erase_if(lists_,
                      [](const auto& one) { return one.second.is_idle() && one.second.waiting == 0; });
    return lists_[key];
}

void TaskLists::want(List& list, const SharedJudged& judged) {
    list.wanted = list.asked = judged;
    list.failed.reset();
    if (thread_.joinable())
        wake_.notify_one();
    else
        thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

std::map<TaskLists::Key, TaskLists::List>::iterator TaskLists::next() {
    return std::ranges::find_if(lists_, [](const auto& one) { return one.second.wanted != nullptr; });
}

void TaskLists::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stop, [&] { return next() != lists_.end(); })) {
        const auto chosen = next();
        find(chosen->second, chosen->first.second, lock);
    }
}

// Called with the lock; lets go of it while it looks.
void TaskLists::find(List& list, Day until, std::unique_lock<std::mutex>& lock) {
    const SharedJudged judged = std::exchange(list.wanted, nullptr);
    list.busy = true;
    lock.unlock();
    auto found = find_(judged, until);
    lock.lock();
    list.busy = false;
    if (found)
        list.newest = *std::move(found);
    else
        list.failed = found.error();
    done_.notify_all();
}

void TaskLists::forget() {
    std::unique_lock lock(mutex_);
    done_.wait(lock,
               [&] { return std::ranges::none_of(lists_, [](const auto& one) { return one.second.busy; }); });
    for (auto& [key, list] : lists_) {
        list.newest.reset();
        if (list.waiting > 0) want(list, list.asked);
    }
}

}  // namespace maru::api
