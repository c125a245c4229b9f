#include "http/message.hpp"

#include <algorithm>

#include "http/ascii.hpp"

namespace maru::http {

std::string_view name_of(Method method) {
    switch (method) {
        case Method::get: return "GET";
        case Method::head: return "HEAD";
        case Method::post: return "POST";
        case Method::put: return "PUT";
        case Method::patch: return "PATCH";
        case Method::remove: return "DELETE";
        case Method::options: return "OPTIONS";
    }
    return "";
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const auto& [key, value] : headers_)
        if (same_name(key, name)) return value;
    return std::nullopt;
}

void Headers::remove(std::string_view name) {
    std::erase_if(headers_, [&](const auto& header) { return same_name(header.first, name); });
}

void Headers::set(std::string name, std::string value) {
    remove(name);
    add(std::move(name), std::move(value));
}

void Headers::add(std::string name, std::string value) {
    headers_.emplace_back(std::move(name), std::move(value));
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
    for (const auto& [key, value] : query)
        if (key == name) return value;
    return std::nullopt;
}

namespace {

// `pairs` is "a=1; b=2".
std::optional<std::string> cookie_in(std::string_view pairs, std::string_view name) {
    while (!pairs.empty()) {
        const std::size_t end = std::min(pairs.find(';'), pairs.size());
        const std::string_view pair = trimmed(pairs.substr(0, end));
        pairs.remove_prefix(std::min(end + 1, pairs.size()));
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)) != name) continue;
        std::string_view value = trimmed(pair.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        return std::string(value);
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> Request::cookie(std::string_view name) const {
    for (const auto& [key, value] : headers.all()) {
        if (!same_name(key, "Cookie")) continue;
        if (auto found = cookie_in(value, name)) return found;
    }
    return std::nullopt;
}

std::string_view Response::text() const {
    if (const auto* const own = std::get_if<std::string>(&content)) return *own;
    if (const auto* const lasting = std::get_if<LastingText>(&content)) return lasting->bytes;
    if (const auto* const shared = std::get_if<SharedText>(&content)) return **shared;
    return "";
}

Response text_response(int status, std::string content_type, std::string body) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", std::move(content_type));
    response.content = std::move(body);
    return response;
}

Response redirect(std::string location, int status) {
    Response response;
    response.status = status;
    response.headers.add("Location", std::move(location));
    return response;
}

}  // namespace maru::http
