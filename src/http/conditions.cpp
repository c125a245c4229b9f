#include <string>
#include <utility>

#include "crypto/hash.hpp"
#include "http/ascii.hpp"
#include "http/message.hpp"

namespace maru::http {

namespace {

std::string_view without_weakness(std::string_view tag) {
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

enum class Comparison { weak, strong };

// Every header of that name: a list of tags, or "*" for whatever there is.
bool names_tag(const Headers& headers, std::string_view name, std::string_view tag, Comparison comparison) {
    bool found = false;
    for (const auto& [key, value] : headers.all()) {
        if (!same_name(key, name)) continue;
        for_each_item(value, [&](std::string_view item) {
            const bool same = comparison == Comparison::weak ? without_weakness(item) == without_weakness(tag)
                                                             : item == tag && !item.starts_with("W/");
            found = found || item == "*" || same;
        });
    }
    return found;
}

// Keeps what a cache needs of the answer.
void answer_without_content(Response& response, int status) {
    response.status = status;
    response.content = std::monostate();
    response.headers.remove("Content-Type");
    response.headers.remove("Content-Encoding");
}

}  // namespace

std::string entity_tag(std::string_view content) {
    return '"' + hex(ByteView(crypto::sha256(as_bytes(content))).first(16)) + '"';
}

bool satisfies_match(const Request& request, std::string_view tag) {
    return !request.headers.find("If-Match") ||
           names_tag(request.headers, "If-Match", tag, Comparison::strong);
}

void apply_conditions(const Request& request, Response& response) {
    if (response.status != 200 || std::holds_alternative<std::shared_ptr<EventStream>>(response.content))
        return;
    if (!response.headers.find("ETag")) response.headers.add("ETag", entity_tag(response.text()));
    if (request.method != Method::get && request.method != Method::head) return;
    const std::string tag(*response.headers.find("ETag"));
    if (!satisfies_match(request, tag)) return answer_without_content(response, 412);
    if (names_tag(request.headers, "If-None-Match", tag, Comparison::weak))
        answer_without_content(response, 304);
}

}  // namespace maru::http
