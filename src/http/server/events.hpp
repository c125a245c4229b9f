// What a stream of events and the connection that sends it share.
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <string>

#include "http/message.hpp"

namespace maru::http {

struct EventStream::Impl {
    std::mutex mutex;
    std::deque<std::string> waiting;  // as they are sent
    bool closed = false;              // nothing more comes
    bool gone = false;                // nobody listens any more
    std::function<void()> wake;       // of the connection; may be called from any thread

    void attach(std::function<void()> ring);
    void detach();
    void ring();
    std::string take();  // what waits, in order
    bool has_ended();    // closed and everything taken
};

}  // namespace maru::http
