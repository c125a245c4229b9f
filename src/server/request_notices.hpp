// Who hears of requests: those who may decide of what is asked, the asker of what became of it.
#pragma once

#include <vector>

#include "api/site.hpp"
#include "notices/outbox.hpp"
#include "notices/settings.hpp"
#include "notices/templates.hpp"

namespace maru::server {

struct RequestNotices {
    api::Site& site;
    const notices::Templates& templates;
    const notices::Settings& settings;
};

// Of requests as they stand now that changed since so many ledger entries. Mails where mail goes out;
// webhooks that want to know.
Result<std::vector<notices::Draft>> request_drafts(const RequestNotices& of, api::Readers::Lease& reader,
                                                   std::int64_t since);

}  // namespace maru::server
