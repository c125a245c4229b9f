// Who is told when something changes: the open event streams of an organisation.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace maru::api {

class Events {
public:
    std::shared_ptr<http::EventStream> subscribe();
    // To everybody who still listens. Any thread.
    void tell(std::string_view event, const std::string& data, const std::string& id);
    void close();

private:
    std::mutex mutex_;
    std::vector<std::shared_ptr<http::EventStream>> streams_;
};

}  // namespace maru::api
