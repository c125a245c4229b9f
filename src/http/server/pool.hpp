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

    bool has_room() const;
    void submit(Job job);
    void end();  // waits for what runs, drops what waits

private:
    void run();

    const std::size_t most_waiting_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> waiting_;
    bool ended_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace maru::http
