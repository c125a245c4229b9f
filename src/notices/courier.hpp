// Delivers messages of the outbox: mails to the mail server, webhooks to where the register says today.
#pragma once

#include <filesystem>

#include "notices/outbox.hpp"
#include "notices/settings.hpp"
#include "registers/schema.hpp"

namespace maru::notices {

// A Deliver (notices/postman.hpp). Any thread, one message at a time.
class Courier {
public:
    // The schema must outlive it.
    Courier(std::filesystem::path folder, const registers::Schema& schema, Settings settings)
        : folder_(std::move(folder)), schema_(&schema), settings_(std::move(settings)) {}

    // unavailable: try again later. Anything else is final: refused for good by the mail server, 410 of a
    // webhook, no such webhook any more, or one that is not active.
    Result<void> operator()(const Message& message, Instant now) const;

private:
    Result<void> send_mail(const Message& message) const;
    Result<void> call_webhook(const Message& message, Instant now) const;
    std::filesystem::path folder_;
    const registers::Schema* schema_;
    Settings settings_;
};

}  // namespace maru::notices
