// Everybody's tasks, found on a thread of its own: for ten thousand people that takes seconds.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "api/judge.hpp"

namespace maru::api {

// Any thread.
class TaskLists {
public:
    using Find = std::function<Result<FoundTasks>(const SharedJudged& judged, Day until)>;
    // Who asks waits for a change to be looked at so long, while there is an older list of the same day.
    TaskLists(Find find, std::chrono::milliseconds patience) : find_(std::move(find)), patience_(patience) {}

    Result<FoundTasks> of(const SharedJudged& judged, Day until);
    // Lets go of every list, and waits for what is being found.
    void forget();

private:
    struct List {
        std::optional<FoundTasks> newest{};
        std::optional<Error> failed{};  // the last time
        SharedJudged wanted{};          // not begun yet
        SharedJudged asked{};           // the last time
        int waiting = 0;
        bool busy = false;
        bool is_idle() const { return !wanted && !busy; }
    };
    using Key = std::pair<const sheets::Sheet*, Day>;  // until
    List& list_for(const Key& key);
    void want(List& list, const SharedJudged& judged);
    void work(const std::stop_token& stop);
    void find(List& list, Day until, std::unique_lock<std::mutex>& lock);
    std::map<Key, List>::iterator next();

    Find find_;
    std::chrono::milliseconds patience_;
    std::mutex mutex_{};
    std::condition_variable_any wake_{};
    std::condition_variable done_{};
    std::map<Key, List> lists_{};
    std::jthread thread_{};  // last: it works with all of the above
};

}  // namespace maru::api
