// Time stamps (RFC 3161) of checkpoints: table timestamp. What they stamp is the checkpoint's text, the first
// three lines of its note, so that anybody can rebuild the input.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/day.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/log.hpp"
#include "store/database.hpp"

namespace maru::ledger {

struct StoredTimestamp {
    std::uint64_t size = 0;  // of the checkpoint
    Bytes request;           // TimeStampReq, DER
    Bytes response;          // TimeStampResp, DER
};
Result<std::optional<StoredTimestamp>> newest_timestamp(store::Database& database);
Result<std::vector<StoredTimestamp>> all_timestamps(store::Database& database);  // oldest first

// "size <size> sha256 <hex of the response>": what the entry of a stamp says.
std::string timestamp_note(const StoredTimestamp& timestamp);

// Inside a writer's command: keeps a verified answer and appends the entry that binds it into the log (kind
// "timestamp"), so that the next checkpoint protects the stamp as the stamp protects this one. Returns the
// entry's index. conflict: this size has a stamp already.
Result<std::int64_t> store_timestamp(store::Database& database, Log& log, const StoredTimestamp& timestamp,
                                     Instant now);

}  // namespace maru::ledger
