// What every request by libcurl begins with.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

namespace maru::transport {

struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, CloseHandle>;
using List = std::unique_ptr<curl_slist, FreeList>;

void start_library();  // once per process; any thread
void append(List& list, const std::string& line);

}  // namespace maru::transport
