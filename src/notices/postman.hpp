// Works off the outbox.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>

#include "notices/outbox.hpp"

namespace maru::notices {

// Sends one message. Errors of kind unavailable are tried again later, all others are final.
using Deliver = std::function<Result<void>(const Message&, Instant now)>;

struct WorkedOff {
    std::int64_t sent = 0, postponed = 0, given_up = 0;
};

// Tries what is due once and returns. Where three tries in a row failed (the mail server, one webhook), the
// others of this run wait for the next. Several processes may do so at once. A message is recorded as sent
// right after it was: killed in between, it is sent once more (webhooks with the same webhook-id).
Result<WorkedOff> work_off(Outbox& outbox, const Deliver& deliver, const Clock& clock,
                           const std::stop_token& stop = {});

// Works the outbox off on a thread of its own, when woken and when the next try is due; stops when it goes,
// after the message that is being sent. The outbox must outlive it.
class Postman {
public:
    // `complain` is told what the outbox itself answered wrong (disk full).
    Postman(Outbox& outbox, Deliver deliver, Clock clock, std::function<void(const Error&)> complain);
    ~Postman();
    Postman(const Postman&) = delete;
    void wake();  // something was queued

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::notices
