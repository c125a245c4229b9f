#include "transport/http_client.hpp"

#include <fmt/core.h>
#include <sys/socket.h>
#include <unistd.h>

#include "curl/handle.hpp"
#include "transport/addresses.hpp"

namespace maru::transport {

using namespace std::string_view_literals;

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

// libcurl asks for each socket once the name is resolved: nobody can answer with another address afterwards.
extern "C" curl_socket_t open_public_socket(void* refused, curlsocktype, curl_sockaddr* address) {
    if (!is_public(&address->addr, address->addrlen)) {
        *static_cast<bool*>(refused) = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void limit(CURL* handle, const HttpRequest& request) {
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);  // several threads ask at once
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, connect_patience);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.patience.count()));
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "maru");
}

bool has_body(const HttpRequest& request) {
    return request.method == HttpRequest::Method::post || request.method == HttpRequest::Method::put ||
           request.method == HttpRequest::Method::patch;
}

bool has_line_break(std::string_view text) { return text.find_first_of("\r\n\0"sv) != text.npos; }

Result<List> headers_of(const HttpRequest& request) {
    List list;
    if (has_body(request)) {
        append(list, "Content-Type: " + request.content_type);
        append(list, "Expect:");  // saves waiting for "100 Continue"
    }
    for (const auto& [name, value] : request.headers) {
        if (has_line_break(name) || has_line_break(value))
            return fail(ErrorKind::invalid,
                        {fmt::format("{} へのヘッダーに改行があります。", request.url),
                         fmt::format("a header for {} has a line break in it", request.url)});
        append(list, value.empty() ? name + ";" : name + ": " + value);
    }
    return list;
}

void set_method(CURL* handle, const HttpRequest& request) {
    if (has_body(request)) {
        curl_easy_setopt(handle, CURLOPT_POST, 1L);
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    if (request.method == HttpRequest::Method::put) curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, "PUT");
    if (request.method == HttpRequest::Method::patch)
        curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, "PATCH");
    if (request.method == HttpRequest::Method::remove)
        curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, "DELETE");
}

void fill(CURL* handle, const HttpRequest& request, const List& headers) {
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    set_method(handle, request);
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

std::unexpected<Error> not_public(const HttpRequest& request) {
    return fail(
        ErrorKind::forbidden,
        {fmt::format("{} は社内などの公開されていないアドレスです。設定で許していないため送りません。",
                     request.url),
         fmt::format("{} is no public address (loopback, private or reserved) and is not allowed",
                     request.url)});
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
    const List headers = TRY(headers_of(request));
    bool refused = false;
    Incoming incoming{{}, request.largest_answer, false};
    limit(handle.get(), request);
    fill(handle.get(), request, headers);
    curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, &take_bytes);
    curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &incoming);
    if (request.reach == Reach::public_only) {
        curl_easy_setopt(handle.get(), CURLOPT_OPENSOCKETFUNCTION, &open_public_socket);
        curl_easy_setopt(handle.get(), CURLOPT_OPENSOCKETDATA, &refused);
    }
    const CURLcode outcome = curl_easy_perform(handle.get());
    if (refused && outcome != CURLE_OK) return not_public(request);
    if (incoming.too_large) return too_large(request);
    if (outcome == CURLE_UNSUPPORTED_PROTOCOL || outcome == CURLE_URL_MALFORMAT) return no_address(request);
    if (outcome != CURLE_OK) return no_answer(request, curl_easy_strerror(outcome));
    return answer_of(handle.get(), std::move(incoming.body));
}

}  // namespace maru::transport
