// What a bucket answers, as XML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backup/place.hpp"

namespace maru::backup {

// One page of ListObjectsV2.
struct Listing {
    std::vector<Stored> objects;  // names are whole keys
    std::string next;             // continuation token; "" = that was all
};
// invalid: no such document.
Result<Listing> parse_listing(std::string_view xml);

// <Error>; empty fields when it is none.
struct Refusal {
    std::string code, message, region;
};
Refusal parse_refusal(std::string_view xml);

// What to do about a refusal.
std::unexpected<Error> refused(const std::string& bucket, const std::string& object, int status,
                               const Refusal& refusal);

}  // namespace maru::backup
