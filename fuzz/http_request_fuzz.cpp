// Targets, queries and cookies: what handlers get is what http/message.hpp promises, and has one way back.
#include "http/message.hpp"
#include "http/target.hpp"
#include "require.hpp"

namespace {

using namespace maru::http;

void check_path(const std::string& path) {
    require(path.starts_with('/'), "a path begins with /");
    require(maru::is_utf8(path), "a path is UTF-8");
    require(path.find('\\') == std::string::npos, "a path has no \\");
    for (const char c : path)
        require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f, "no control characters");
    const auto segments = maru::split(path.substr(1), '/');
    for (std::size_t i = 0; i < segments.size(); ++i) {
        require(segments[i] != "." && segments[i] != "..", "no . and ..");
        require(!segments[i].empty() || i + 1 == segments.size(), "no empty segment but the last");
    }
}

void check_target(std::string_view text) {
    const auto target = parse_target(text);
    if (!target) return;
    check_path(target->path);
    std::string again = encode_path(target->path);
    char separator = '?';
    for (const auto& [name, value] : target->query) {
        require(maru::is_utf8(name) && maru::is_utf8(value), "parameters are UTF-8");
        require(name.find('\0') == std::string::npos && value.find('\0') == std::string::npos, "no NUL");
        again += separator + encode_component(name) + "=" + encode_component(value);
        separator = '&';
    }
    const auto back = parse_target(again);
    require(back && back->path == target->path && back->query == target->query,
            "written again it is the same");
}

void check_cookies(std::string_view text) {
    Request request;
    request.headers.add("Cookie", std::string(text));
    if (const auto value = request.cookie("session"))
        require(text.find(*value) != std::string_view::npos && value->find(';') == std::string::npos,
                "a cookie is a piece of its header");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    check_target(text);
    check_cookies(text);
    return 0;
}
