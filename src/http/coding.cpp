#include "http/coding.hpp"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "http/ascii.hpp"

namespace maru::http {

namespace {

constexpr std::size_t worth_it = 1024;
constexpr std::size_t most_known = 64;
constexpr std::string_view suffix = "-gzip\"";

// "gzip;q=0" refuses it.
bool is_refused(std::string_view parameters) {
    const std::size_t q = parameters.find("q=");
    if (q == std::string_view::npos) return false;
    const std::string_view value = parameters.substr(q + 2);
    return value.starts_with('0') && value.find_first_of("123456789") == std::string_view::npos;
}

bool is_text(std::string_view type) {
    const std::string_view essence = trimmed(type.substr(0, type.find(';')));
    if (essence == "text/event-stream") return false;
    return essence.starts_with("text/") || essence.ends_with("+json") || essence.ends_with("+xml") ||
           essence == "application/json" || essence == "application/javascript" ||
           essence == "application/xml" || essence == "application/x-ndjson" ||
           essence == "application/openmetrics-text";
}

bool is_worth_it(const Response& response) {
    if (response.status < 200 || response.status == 204 || response.status == 206 || response.status == 304)
        return false;
    if (std::holds_alternative<LastingText>(response.content)) return false;
    if (response.text().size() < worth_it || response.headers.find("Content-Encoding")) return false;
    const auto type = response.headers.find("Content-Type");
    return type && is_text(*type);
}

}  // namespace

bool accepts_gzip(const Request& request) {
    bool accepted = false, refused = false;
    for (const auto& [name, value] : request.headers.all()) {
        if (!same_name(name, "Accept-Encoding")) continue;
        for_each_item(value, [&](std::string_view item) {
            const std::size_t semicolon = std::min(item.find(';'), item.size());
            const std::string_view coding = trimmed(item.substr(0, semicolon));
            if (!same_name(coding, "gzip") && !same_name(coding, "x-gzip")) return;
            (is_refused(item.substr(semicolon)) ? refused : accepted) = true;
        });
    }
    return accepted && !refused;
}

std::string gzip(std::string_view plain) {
    constexpr int level = 5, with_gzip_header = 15 + 16, memory = 8;
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, with_gzip_header, memory, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string out(deflateBound(&stream, plain.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));  // zlib only reads it
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string gzip_tag(std::string_view tag) {
    if (!tag.ends_with('"')) return std::string(tag);
    return std::string(tag.substr(0, tag.size() - 1)) + std::string(suffix);
}

bool take_plain_tags(Headers& headers) {
    bool asked_for_gzip = false;
    for (const std::string_view name : {"If-Match", "If-None-Match"}) {
        const auto written = headers.find(name);
        if (!written || !written->contains(suffix)) continue;
        std::string plain(*written);
        for (std::size_t at; (at = plain.find(suffix)) != std::string::npos;)
            plain.replace(at, suffix.size(), "\"");
        headers.set(std::string(name), std::move(plain));
        asked_for_gzip = asked_for_gzip || name == "If-None-Match";
    }
    return asked_for_gzip;
}

void vary_by(Response& response, std::string_view name) {
    const auto present = response.headers.find("Vary");
    bool is_there = false;
    if (present) for_each_item(*present, [&](std::string_view item) { is_there |= same_name(item, name); });
    if (is_there) return;
    response.headers.set("Vary",
                         present ? std::string(*present) + ", " + std::string(name) : std::string(name));
}

SharedText Compressor::compressed(const SharedText& plain) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = known_.find(plain.get());
        if (found != known_.end() && found->second.plain.lock() == plain) return found->second.gzip;
    }
    auto made = std::make_shared<const std::string>(gzip(*plain));
    const std::lock_guard lock(mutex_);
    std::erase_if(known_, [](const auto& entry) { return entry.second.plain.expired(); });
    if (known_.size() < most_known) known_.insert_or_assign(plain.get(), Known{plain, made});
    return made;
}

void Compressor::finish(const Request& request, Response& response, bool tags_were_gzip) {
    const auto tag = response.headers.find("ETag");
    if (response.status == 304 && tag && tags_were_gzip && !tag->ends_with(suffix))
        return response.headers.set("ETag", gzip_tag(*tag));
    if (!is_worth_it(response)) return;
    vary_by(response, "Accept-Encoding");
    if (!accepts_gzip(request)) return;
    if (const auto tag_now = response.headers.find("ETag")) response.headers.set("ETag", gzip_tag(*tag_now));
    response.headers.add("Content-Encoding", "gzip");
    if (const auto* const shared = std::get_if<SharedText>(&response.content))
        response.content = compressed(*shared);
    else
        response.content = gzip(response.text());
}

}  // namespace maru::http
