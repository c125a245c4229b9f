#include "judge/timelines.hpp"

namespace maru::api {

Timelines::Timelines(std::filesystem::path folder, const Catalog& catalog) : folder_(std::move(folder)) {
    for (const sheets::Sheet& sheet : catalog.sheets)
        sources_[&sheet] = std::make_unique<sheets::Timeline::Source>(
            sheets::Timeline::Source{folder_, catalog.library, catalog.schema, sheet, japan_offset});
}

Timelines::~Timelines() = default;

Timelines::Shared Timelines::newest(const sheets::Sheet& sheet) const {
    const std::lock_guard lock(mutex_);
    const auto found = newest_.find(&sheet);
    return found == newest_.end() ? nullptr : found->second;
}

// The thread begins with the first day that is asked for: most organisations of a server are quiet.
void Timelines::extend(Day day) {
    const std::lock_guard lock(mutex_);
    if (failed_) reached_.reset();
    if (asked_ && *asked_ >= day && !failed_) return;
    failed_.reset();
    asked_ = day;
    if (thread_.joinable())
        wake_.notify_one();
    else
        thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

Result<Timelines::Shared> Timelines::until(const sheets::Sheet& sheet, Day day) {
    extend(day);
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return reached_ && *reached_ >= day; });
    if (const auto found = newest_.find(&sheet); found != newest_.end()) return found->second;
    return std::unexpected(
        failed_.value_or(Error{ErrorKind::internal, {"過去の判定がありません。", "no past day was judged"}}));
}

void Timelines::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stop, [&] { return asked_ && (!reached_ || *reached_ < *asked_); })) {
        const Day day = *asked_;
        lock.unlock();
        auto judged = judge(day);
        lock.lock();
        failed_ = judged ? std::nullopt : std::optional(judged.error());
        reached_ = day;
        done_.notify_all();
    }
}

// What was published stays as it is: a new one reads what is remembered and goes on from there.
Result<void> Timelines::judge(Day day) {
    for (const auto& [sheet, source] : sources_) {
        auto timeline = TRY(sheets::Timeline::open(*source));
        TRY(timeline.extend(day));
        auto shared = std::make_shared<const sheets::Timeline>(std::move(timeline));
        const std::lock_guard lock(mutex_);
        newest_[sheet] = std::move(shared);
    }
    return {};
}

}  // namespace maru::api
