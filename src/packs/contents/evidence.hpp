// Attachments of the disclosed records.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "contents/selection.hpp"
#include "core/bytes.hpp"
#include "store/blobs.hpp"

namespace maru::packs {

struct Attachment {
    Hash sha256{};
    std::uint64_t size = 0;
    std::int64_t entry = 0;  // the first that names it
};
struct Evidence {
    std::vector<Attachment> files;  // by hash
    std::size_t too_much = 0;       // left out: over the limit
    std::size_t missing = 0;        // named by a record, but not stored
};
// Of opened fields, in the order of the records, as long as they fit into `limit` bytes.
Result<Evidence> evidence_of(const Selection& selection, const store::Blobs& blobs, std::uint64_t limit);

}  // namespace maru::packs
