#include "api/events.hpp"

namespace maru::api {

std::shared_ptr<http::EventStream> Events::subscribe() {
    auto stream = std::make_shared<http::EventStream>();
    const std::lock_guard lock(mutex_);
    streams_.push_back(stream);
    return stream;
}

void Events::tell(std::string_view event, const std::string& data, const std::string& id) {
    const std::lock_guard lock(mutex_);
    std::erase_if(streams_, [&](const auto& stream) { return !stream->send(event, data, id); });
}

void Events::close() {
    const std::lock_guard lock(mutex_);
    for (const auto& stream : streams_) stream->close();
    streams_.clear();
}

}  // namespace maru::api
