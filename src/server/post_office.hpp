// What goes out of one organisation: its outbox worked off on a thread, the daily job, calendar feeds.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "api/site.hpp"
#include "http/message.hpp"
#include "notices/courier.hpp"
#include "notices/day.hpp"
#include "notices/feed.hpp"
#include "notices/postman.hpp"
#include "server/configuration.hpp"

namespace maru::server {

// What the configuration says of mails; `base` is the address of the organisation's pages. Errors: a mail
// server or sender that cannot be one, a password file that cannot be read.
Result<notices::Settings> notice_settings(const Configuration& configuration, const std::string& base,
                                          Language language);

class PostOffice {
public:
    struct Options {
        notices::Settings settings;
        const notices::Templates& templates;
        std::chrono::minutes daily_at{6 * 60};  // after midnight, Japanese time
        Random random;
        std::function<void(const Text&)> tell;
    };
    // The site and the templates must outlive it.
    static Result<std::unique_ptr<PostOffice>> open(api::Site& site, Options options);
    ~PostOffice();

    // Every few minutes: does the day's work once its hour has come.
    Result<void> keep_the_day();
    // Every few seconds: tells of requests that were asked or decided since. On weekends and holidays they
    // wait, as digests do; what was asked and decided meanwhile is told as it stands then.
    Result<void> tell_of_requests();
    // Mails to those who answer for backups, once a day.
    void tell_backup_failed(const std::string& place, const Text& why);
    // Every second: sends links to those of whom it was said that they forgot their password.
    Result<void> send_resets();
    // iCalendar of the person whose secret address this is; 404 for all others.
    http::Response calendar(const http::Request& request, const std::string& token);

private:
    PostOffice(api::Site& site, Options options, notices::Outbox outbox, notices::Feeds feeds);
    Result<void> mail_backup_failed(const std::string& place, const Text& why);
    Result<bool> invite(const api::Site::Invitation& invitation);
    bool forgot(const std::string& mail);
    Result<void> send_reset(const std::string& mail);
    Result<bool> send_link(const identity::User& to, std::string_view kind, notices::Values values);
    Result<std::string> feed_text(const std::string& token);
    api::Site& site_;
    Options options_;
    notices::Outbox outbox_;
    std::mutex feeds_mutex_;
    notices::Feeds feeds_;
    std::unique_ptr<notices::Postman> postman_;
    Result<bool> is_business_day(store::Database& reader) const;
    std::mutex forgotten_mutex_;
    std::vector<std::string> forgotten_;  // mail addresses that somebody said
    Day done_{};
    std::uint64_t seen_generation_ = 0;  // of the readers, when requests were looked at last
    Day seen_day_{};
};

}  // namespace maru::server
