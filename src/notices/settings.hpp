// What the server's configuration says about notices.
#pragma once

#include <optional>
#include <string>

#include "core/text.hpp"
#include "transport/http_client.hpp"
#include "transport/mail.hpp"
#include "transport/mime.hpp"

namespace maru::notices {

struct MailSettings {
    transport::MailServer server;
    transport::Mailbox from;
};

struct Settings {
    std::optional<MailSettings> mail;  // none: no mail is queued or sent
    std::string base_url;  // of the organisation's pages, "https://maru.example.jp/o/mihon", no "/" behind
    transport::Reach webhooks = transport::Reach::public_only;  // anywhere: also http:// and inner addresses
    Language language = Language::ja;                           // of people of whom nothing is known
};

}  // namespace maru::notices
