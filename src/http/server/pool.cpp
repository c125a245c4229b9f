#include "server/pool.hpp"

#include <utility>

namespace maru::http {

Pool::Pool(unsigned threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Pool::~Pool() { end(); }

bool Pool::reserve() {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() + reserved_ >= most_waiting_) return false;
    ++reserved_;
    return true;
}

void Pool::submit(Job job) {
    {
        const std::lock_guard lock(mutex_);
        --reserved_;
        waiting_.push_back(std::move(job));
    }
    changed_.notify_one();
}

void Pool::end() {
    std::deque<Job> dropped;
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        dropped.swap(waiting_);
    }
    changed_.notify_all();
    threads_.clear();
}

void Pool::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
        if (ended_) return;
        Job job = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        job();
        job = nullptr;
        lock.lock();
    }
}

}  // namespace maru::http
