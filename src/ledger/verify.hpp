// Verification of a whole log in the layout of c2sp.org/tlog-tiles: everything is hashed again from the
// entries.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "ledger/policy.hpp"

namespace maru::ledger {

// Reads a file of the log: "checkpoint", "tile/0/000.p/5", "tile/entries/x001/234". not_found when it does
// not exist; other errors end the verification. Out of an archive of strangers, refuse files above max_bundle
// bytes.
using FileSource = std::function<Result<Bytes>(const std::string& path)>;
// Sees each entry once, in order, before the root is known to be right.
using EntryVisitor = std::function<Result<void>(std::uint64_t index, ByteView entry)>;

struct VerifiedLog {
    TrustedCheckpoint trusted;
    std::uint64_t bundles = 0;
    std::uint64_t tiles = 0;
    std::uint64_t size() const { return trusted.checkpoint.size; }
};

// Checks the checkpoint's signatures against the policy, hashes every entry, compares every tile (a partial
// one may be replaced by its full one) and the root. Errors name the file: not_found a missing one, corrupt
// what differs, forbidden signatures, invalid malformed files. An empty log is refused as not_found: nothing
// was checked.
Result<VerifiedLog> verify_log(const FileSource& files, const Policy& policy, const EntryVisitor& visit = {});

}  // namespace maru::ledger
