// Who read whose personal data: lines in access.db, sealed into the ledger by one entry (kind "access") per
// batch, so that nobody can take a line away unseen. docs/formats/identity.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/day.hpp"
#include "store/database.hpp"

namespace maru::identity {

// One answer that held personal fields. Numbers only, no personal data: register files name the fields.
struct AccessLine {
    Instant at{};
    std::string who;  // Principal::actor()
    std::string register_name;
    std::vector<std::int64_t> records;  // that were shown
    std::vector<int> fields;            // numbers of the personal fields that were shown
    std::string request;                // its id
    auto operator<=>(const AccessLine&) const = default;
};

// One line without its line feed: at, who, register, records ("3-7,12"), fields, request, separated by tabs.
std::string encode(const AccessLine& line);
// corrupt: anything that encode() would not have written.
Result<AccessLine> decode_access_line(std::string_view text);

// SHA-256 over all lines, each with its line feed.
Hash commitment_of(const std::vector<std::string>& lines);

struct AccessVerification {
    std::int64_t batches = 0;
    std::int64_t lines = 0;     // sealed and as their entries say
    std::int64_t unsealed = 0;  // too young for a seal
    // Batches whose lines were changed, taken away or put between; entries without their lines.
    std::vector<Text> faults;
};
// Recomputes every batch of access.db and compares with the entries of the ledger, both ways. Errors only for
// files that cannot be read.
Result<AccessVerification> verify_access_record(store::Database& access, store::Database& ledger);

}  // namespace maru::identity
