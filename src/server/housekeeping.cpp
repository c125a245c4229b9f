#include "server/housekeeping.hpp"

#include <algorithm>

namespace maru::server {

using std::chrono::steady_clock;

Housekeeping::Housekeeping(std::vector<Duty> duties, std::function<void(const Text&)> tell)
    : tell_(std::move(tell)) {
    for (Duty& duty : duties) states_.push_back({std::move(duty), steady_clock::now(), ""});
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

Housekeeping::~Housekeeping() {
    thread_.request_stop();
    wake_.notify_all();
    thread_.join();
    for (State& state : states_) run(state);
}

void Housekeeping::work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        auto next = steady_clock::now() + std::chrono::hours(1);
        for (State& state : states_) {
            if (state.next <= steady_clock::now()) run(state);
            next = std::min(next, state.next);
        }
        std::unique_lock lock(mutex_);
        wake_.wait_until(lock, stop, next, [] { return false; });
    }
}

void Housekeeping::run(State& state) {
    const auto done = state.duty.run();
    state.next = steady_clock::now() + state.duty.every;
    const std::string complaint = done ? "" : done.error().message.en;
    if (!done && complaint != state.complaint)
        tell_({state.duty.name + ": " + done.error().message.ja, state.duty.name + ": " + complaint});
    state.complaint = complaint;
}

}  // namespace maru::server
