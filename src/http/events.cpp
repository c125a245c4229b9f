#include "server/events.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace maru::http {

namespace {

constexpr std::size_t most_waiting = 256;

// A field of one line.
void append_field(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    std::ranges::replace_copy_if(
        value, std::back_inserter(out), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    out += '\n';
}

std::string written_event(std::string_view event, std::string_view data, std::string_view id) {
    std::string out;
    if (!id.empty()) append_field(out, "id", id);
    if (!event.empty()) append_field(out, "event", event);
    while (true) {
        const std::size_t end = data.find('\n');
        std::string_view line = data.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        append_field(out, "data", line);
        if (end == std::string_view::npos) break;
        data.remove_prefix(end + 1);
    }
    out += '\n';
    return out;
}

}  // namespace

EventStream::EventStream() : impl_(std::make_unique<Impl>()) {}
EventStream::~EventStream() = default;

bool EventStream::send(std::string_view event, std::string_view data, std::string_view id) {
    std::string written = written_event(event, data, id);
    const std::lock_guard lock(impl_->mutex);
    if (impl_->gone || impl_->closed) return false;
    impl_->gone = impl_->waiting.size() >= most_waiting;
    if (!impl_->gone) impl_->waiting.push_back(std::move(written));
    if (impl_->wake) impl_->wake();
    return !impl_->gone;
}

void EventStream::close() {
    const std::lock_guard lock(impl_->mutex);
    impl_->closed = true;
    if (impl_->wake) impl_->wake();
}

void EventStream::Impl::attach(std::function<void()> ring) {
    const std::lock_guard lock(mutex);
    wake = std::move(ring);
}

void EventStream::Impl::detach() {
    const std::lock_guard lock(mutex);
    wake = nullptr;
    gone = true;
    waiting.clear();
}

void EventStream::Impl::ring() {
    const std::lock_guard lock(mutex);
    if (wake) wake();
}

std::string EventStream::Impl::take() {
    const std::lock_guard lock(mutex);
    std::string all;
    for (const std::string& event : waiting) all += event;
    waiting.clear();
    return all;
}

bool EventStream::Impl::has_ended() {
    const std::lock_guard lock(mutex);
    return gone || (closed && waiting.empty());
}

}  // namespace maru::http
