// Threads for work that may wait: reading databases, waiting for a commit.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace maru::http {

class Pool {
public:
    using Job = std::move_only_function<void()>;

    Pool(unsigned threads, std::size_t most_waiting);
    ~Pool();  // end()

    bool reserve();        // a place for one job; false: there is none
    void submit(Job job);  // into a place that was reserved
    void end();            // waits for what runs, drops what waits

private:
    void run();

    const std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> waiting_;
    std::size_t reserved_ = 0;
    bool ended_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace maru::http
