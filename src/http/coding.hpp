// The content coding gzip (RFC 9110 section 8.4). The gzipped form of "abc" has the entity tag "abc-gzip";
// conditions that name it reach handlers as "abc".
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/message.hpp"

namespace maru::http {

bool accepts_gzip(const Request& request);
std::string gzip(std::string_view plain);

// "\"abc\"" → "\"abc-gzip\"".
std::string gzip_tag(std::string_view tag);
// Takes "-gzip" off the tags of If-Match and If-None-Match; true when the latter had some.
bool take_plain_tags(Headers& headers);

// Adds a word to Vary, which may be there.
void vary_by(Response& response, std::string_view name);

// Texts that are answered again and again are compressed once. Any thread.
class Compressor {
public:
    // Compresses an answer where it is worth it and accepted. `tags_were_gzip`: of take_plain_tags.
    void finish(const Request& request, Response& response, bool tags_were_gzip);

private:
    SharedText compressed(const SharedText& plain);

    struct Known {
        std::weak_ptr<const std::string> plain;
        SharedText gzip;
    };
    std::mutex mutex_;
    std::unordered_map<const std::string*, Known> known_;
};

}  // namespace maru::http
