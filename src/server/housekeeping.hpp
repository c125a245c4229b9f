// What a served organisation needs every second or so, whoever asks: checkpoints, the access record, and what
// other parts add.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/day.hpp"
#include "core/result.hpp"

namespace maru::server {

class Housekeeping {
public:
    struct Duty {
        std::string name;  // for the operator, when it fails
        std::chrono::milliseconds every{1000};
        std::function<Result<void>()> run;
    };
    // `tell`: a duty failed; again only when it failed for another reason or worked meanwhile.
    Housekeeping(std::vector<Duty> duties, std::function<void(const Text&)> tell);
    ~Housekeeping();  // runs every duty once more, so that nothing waits for the next start

private:
    struct State {
        Duty duty;
        std::chrono::steady_clock::time_point next{};
        std::string complaint;
    };
    void work(const std::stop_token& stop);
    void run(State& state);
    std::vector<State> states_;
    std::function<void(const Text&)> tell_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace maru::server
