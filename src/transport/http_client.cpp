#include "transport/http_client.hpp"

#include <curl/curl.h>
#include <fmt/core.h>

#include <memory>
#include <mutex>

namespace maru::transport {

namespace {

constexpr long connect_patience = 5'000;  // milliseconds

struct Incoming {
    std::string body;
    std::size_t limit = 0;
    bool too_large = false;
};

extern "C" std::size_t take_bytes(char* bytes, std::size_t size, std::size_t count, void* target) {
    auto* incoming = static_cast<Incoming*>(target);
    const std::size_t length = size * count;
    if (length > incoming->limit - incoming->body.size()) {
        incoming->too_large = true;
        return 0;
    }
    incoming->body.append(bytes, length);
    return length;
}

struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, CloseHandle>;
using Headers = std::unique_ptr<curl_slist, FreeList>;

void start_library() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

void limit(CURL* handle, const HttpRequest& request) {
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);  // several threads ask at once
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, connect_patience);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.patience.count()));
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "maru");
}

Headers headers_of(const HttpRequest& request) {
    if (request.method == HttpRequest::Method::get) return {};
    curl_slist* list = curl_slist_append(nullptr, ("Content-Type: " + request.content_type).c_str());
    return Headers(curl_slist_append(list, "Expect:"));  // saves waiting for "100 Continue"
}

void fill(CURL* handle, const HttpRequest& request, const Headers& headers) {
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    if (request.method == HttpRequest::Method::get) return;
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
}

std::unexpected<Error> too_large(const HttpRequest& request) {
    return fail(ErrorKind::invalid,
                {fmt::format("{} の応答が{}バイトを超えています。アドレスを確かめてください。", request.url,
                             request.largest_answer),
                 fmt::format("{} answers with more than {} bytes; check the address", request.url,
                             request.largest_answer)});
}

std::unexpected<Error> no_address(const HttpRequest& request) {
    return fail(
        ErrorKind::invalid,
        {fmt::format("「{}」はアドレスではありません。http:// か https:// で始めてください。", request.url),
         fmt::format("\"{}\" is no address; it starts with http:// or https://", request.url)});
}

std::unexpected<Error> no_answer(const HttpRequest& request, const std::string& cause) {
    return fail(
        ErrorKind::unavailable,
        {fmt::format("{} に繋がりません（{}）。アドレスと通信路を確かめてください。", request.url, cause),
         fmt::format("cannot reach {} ({}); check the address and the network", request.url, cause)});
}

HttpAnswer answer_of(CURL* handle, std::string body) {
    HttpAnswer answer;
    long status = 0;
    const char* type = nullptr;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &type);
    answer.status = static_cast<int>(status);
    if (type != nullptr) answer.content_type = type;
    answer.body = std::move(body);
    return answer;
}

}  // namespace

Result<HttpAnswer> send(const HttpRequest& request) {
    start_library();
    const Handle handle(curl_easy_init());
    if (!handle) return no_answer(request, "libcurl");
    const Headers headers = headers_of(request);
    Incoming incoming{{}, request.largest_answer, false};
    limit(handle.get(), request);
    fill(handle.get(), request, headers);
    curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, &take_bytes);
    curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &incoming);
    const CURLcode outcome = curl_easy_perform(handle.get());
    if (incoming.too_large) return too_large(request);
    if (outcome == CURLE_UNSUPPORTED_PROTOCOL || outcome == CURLE_URL_MALFORMAT) return no_address(request);
    if (outcome != CURLE_OK) return no_answer(request, curl_easy_strerror(outcome));
    return answer_of(handle.get(), std::move(incoming.body));
}

}  // namespace maru::transport
