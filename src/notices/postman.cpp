#include "notices/postman.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "store/files.hpp"

namespace maru::notices {

namespace {

constexpr int failures_in_a_row = 3;
constexpr std::chrono::seconds longest_sleep{60};  // another process may have queued something

std::string target_of(const Draft& draft) {
    return draft.kind == Kind::mail ? std::string("mail") : draft.recipient;
}

// One run over what is due.
class Run {
public:
    Run(Outbox& outbox, const Deliver& deliver, const Clock& clock)
        : outbox_(outbox), deliver_(deliver), clock_(clock) {}

    Result<void> take(std::int64_t id) {
        const auto lock = TRY(store::FileLock::wait(outbox_.folder() / "outbox.lock"));
        const auto message = TRY(outbox_.waiting(id, clock_()));
        if (!message) return {};
        if (clock_() > message->created_at + patience) return too_late(*message);
        int& failures = failures_[target_of(message->draft)];
        if (failures >= failures_in_a_row) return {};
        const Result<void> outcome = deliver_(*message, clock_());
        const bool unreached = !outcome && outcome.error().kind == ErrorKind::unavailable;
        failures = unreached ? failures + 1 : 0;
        return record(id, outcome);
    }
    const WorkedOff& done() const { return done_; }

private:
    // Nobody was there to send it (the server was off): it would tell what is not true any more.
    Result<void> too_late(const Message& message) {
        ++done_.given_up;
        const Text why{"3日のあいだ送れませんでした。", "it could not be sent within 3 days"};
        return outbox_.give_up(message.id, message.error.value_or(why), clock_());
    }

    Result<void> record(std::int64_t id, const Result<void>& outcome) {
        if (outcome) {
            ++done_.sent;
            return outbox_.mark_sent(id, clock_());
        }
        const Error& error = outcome.error();
        if (error.kind != ErrorKind::unavailable) {
            ++done_.given_up;
            return outbox_.give_up(id, error.message, clock_());
        }
        const State state = TRY(outbox_.postpone(id, error.message, clock_()));
        ++(state == State::waiting ? done_.postponed : done_.given_up);
        return {};
    }

    Outbox& outbox_;
    const Deliver& deliver_;
    const Clock& clock_;
    std::map<std::string, int> failures_;  // in a row, by target
    WorkedOff done_;
};

}  // namespace

Result<WorkedOff> work_off(Outbox& outbox, const Deliver& deliver, const Clock& clock,
                           const std::stop_token& stop) {
    Run run(outbox, deliver, clock);
    for (const std::int64_t id : TRY(outbox.due(clock()))) {
        if (stop.stop_requested()) break;
        TRY(run.take(id));
    }
    return run.done();
}

struct Postman::Impl {
    Outbox& outbox;
    Deliver deliver;
    Clock clock;
    std::function<void(const Error&)> complain;
    std::mutex mutex{};  // of woken
    std::condition_variable_any changed{};
    bool woken = false;
    std::jthread thread{};

    void work(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (const auto done = work_off(outbox, deliver, clock, stop); !done) complain(done.error());
            sleep(stop);
        }
    }

    void sleep(const std::stop_token& stop) {
        std::chrono::milliseconds time = longest_sleep;
        if (const auto next = outbox.next_try(); next && *next)
            time = std::clamp(**next - clock(), std::chrono::milliseconds(1000), time);
        std::unique_lock lock(mutex);
        changed.wait_for(lock, stop, time, [this] { return woken; });
        woken = false;
    }
};

Postman::Postman(Outbox& outbox, Deliver deliver, Clock clock, std::function<void(const Error&)> complain)
    : impl_(new Impl{outbox, std::move(deliver), std::move(clock), std::move(complain)}) {
    impl_->thread = std::jthread([impl = impl_.get()](const std::stop_token& stop) { impl->work(stop); });
}

Postman::~Postman() = default;

void Postman::wake() {
    {
        const std::scoped_lock lock(impl_->mutex);
        impl_->woken = true;
    }
    impl_->changed.notify_one();
}

}  // namespace maru::notices
