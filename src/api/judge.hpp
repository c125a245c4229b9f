// Keeps an organisation's sheets judged, so that what people ask for is there when they ask: brought up to
// date after every change by the rows that it touches, on a thread of its own. Any thread.
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "api/catalog.hpp"
#include "api/desks.hpp"
#include "api/readers.hpp"
#include "core/day.hpp"
#include "http/message.hpp"
#include "sheets/judged.hpp"
#include "sheets/tasks.hpp"
#include "sheets/timeline.hpp"

namespace maru::api {

// A judged sheet with what was made of it for everybody who asks alike.
class Judged {
public:
    explicit Judged(std::shared_ptr<const sheets::JudgedSheet> sheet) : sheet_(std::move(sheet)) {}
    const sheets::JudgedSheet& operator*() const { return *sheet_; }
    const sheets::JudgedSheet* operator->() const { return sheet_.get(); }
    // Made once for each key and kept while the state stays; `make` may run twice at the same time. The last
    // few hundred.
    http::SharedText text(const std::string& key, const std::function<Result<std::string>()>& make,
                          Error& failed) const;

private:
    std::shared_ptr<const sheets::JudgedSheet> sheet_;
    mutable std::mutex mutex_;
    mutable std::map<std::string, http::SharedText, std::less<>> texts_;
};
using SharedJudged = std::shared_ptr<const Judged>;

// Everybody's tasks as they followed from so many entries on a day.
struct FoundTasks {
    std::shared_ptr<const std::vector<sheets::Task>> tasks;
    std::int64_t entries = 0;
    Day day;
};

class Judge {
public:
    // How long who asks waits for changes to be judged, and for everything anew, while there is something
    // older to show.
    struct Patience {
        std::chrono::milliseconds changes{1000};
        std::chrono::milliseconds anew{150};
    };
    struct Source {
        const Catalog* catalog = nullptr;
        std::filesystem::path folder;
        std::filesystem::path anchors;  // as registers::AsOf
        Readers* readers = nullptr;
        Clock clock;
        // Told from the judge's thread: a sheet's verdicts are others now, of these items.
        std::function<void(const sheets::JudgedSheet&, const std::vector<std::string>& items)> changed;
        Patience patience{};
    };
    explicit Judge(Source source);
    ~Judge();

    // With everything that was committed before the call, today; when that takes longer than Patience, what
    // was there before (its day and number of entries say so).
    Result<SharedJudged> now(const sheets::Sheet& sheet);
    // On another day, or with fewer entries known; the last few are remembered.
    Result<SharedJudged> at(const sheets::Sheet& sheet, const sheets::Place& place);
    // An evaluation of that state, for rows; what `known` holds is not run again.
    Result<Desks::Lease> desk(const sheets::JudgedSheet& known);

    // Everybody's tasks until a day; when finding them takes longer than Patience::changes, those found
    // before on the same day (entries says so).
    Result<FoundTasks> tasks(const SharedJudged& judged, Day until);

    // Lets go of every state and judges everything anew when it is asked for. Around an erasure: before it,
    // because no snapshot may hold what is to go, and after it, because it changes rows without an entry for
    // each. Waits for what is being judged.
    void forget();

    // Past days as far as they were judged; null until they have been.
    std::shared_ptr<const sheets::Timeline> timeline(const sheets::Sheet& sheet);
    // Judges the days up to and including `day` that are not, in the background.
    void extend(Day day);
    // The same, and waits for it.
    Result<std::shared_ptr<const sheets::Timeline>> timeline_until(const sheets::Sheet& sheet, Day day);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::api
