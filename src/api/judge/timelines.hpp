// Each sheet's past days, judged in the background.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "api/catalog.hpp"
#include "sheets/timeline.hpp"

namespace maru::api {

// Any thread.
class Timelines {
public:
    // The catalog must outlive it.
    Timelines(std::filesystem::path folder, const Catalog& catalog);
    ~Timelines();

    using Shared = std::shared_ptr<const sheets::Timeline>;
    // Null while nothing was judged.
    Shared newest(const sheets::Sheet& sheet) const;
    // Of all sheets, up to and including that day; in the background.
    void extend(Day day);
    // Waits until they reach that day.
    Result<Shared> until(const sheets::Sheet& sheet, Day day);

private:
    void work(const std::stop_token& stop);
    Result<void> judge(Day day);

    std::filesystem::path folder_;
    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::condition_variable done_;
    std::map<const sheets::Sheet*, Shared> newest_;
    std::map<const sheets::Sheet*, std::unique_ptr<sheets::Timeline::Source>> sources_;
    std::optional<Day> asked_, reached_;
    std::optional<Error> failed_;
    std::jthread thread_;  // last: it works with all of the above
};

}  // namespace maru::api
