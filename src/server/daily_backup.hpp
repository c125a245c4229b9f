// The daily backups of one served organisation.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "api/site.hpp"
#include "backup/backup.hpp"
#include "backup/bucket.hpp"
#include "backup/health.hpp"
#include "backup/place.hpp"

namespace maru::server {

class DailyBackup {
public:
    struct Options {
        std::string place;                // a folder or s3://bucket/prefix
        std::filesystem::path key;        // with the public key
        std::chrono::minutes at{2 * 60};  // after midnight, Japanese time
        std::size_t keep = 30;            // 0 = all
        backup::BucketSettings bucket;
        std::string program;  // version of maru
        Random random;
        std::function<void(const Text&)> tell;  // a try failed; again each day
    };
    // The site must outlive it, and asks it how it goes.
    DailyBackup(api::Site& site, Options options);
    ~DailyBackup();
    DailyBackup(const DailyBackup&) = delete;

    // Every minute or so, on a thread that has time: makes the day's backup once its hour has come and thins
    // the older ones; after a failure again every 15 minutes. What lies in the place counts, so a restart
    // makes none twice. Each day's outcome is recorded in the registers (item 13). Errors are those of the
    // try.
    Result<void> keep();
    backup::Health health() const;  // any thread

private:
    Result<void> look(const backup::Place& place, const std::string& origin);
    Result<void> attempt(Instant now);
    void note_success(const backup::Made& made);
    void thin(const backup::Place& place, const std::string& origin);
    Result<void> record(Day day, backup::Health::State state);
    void note_failure(const Error& error, Instant now);
    Instant hour_before(Instant now) const;
    std::string origin() const;

    api::Site& site_;
    Options options_;
    bool looked_ = false;
    std::optional<Day> told_;   // of which failure
    mutable std::mutex mutex_;  // of what follows; only keep() changes it
    Instant next_try_{};
    backup::Health health_;
};

}  // namespace maru::server
