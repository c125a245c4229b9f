// What proofs need of the ledger before anything is read: that it is signed.
#pragma once

#include <filesystem>

#include "cli/session.hpp"

namespace maru::cli {

// Signs when something is not signed and this may be written. Where nobody can write now (another process
// does, a copy for reading) a warning says why, and what is signed stays.
Result<void> sign_if_possible(const Session& session, const std::filesystem::path& folder);
// The same without waiting for the writer where everything is signed already.
Result<void> sign_tail(const Session& session, const std::filesystem::path& folder,
                       const registers::Schema& schema);

// conflict, with the ways out: a witness or the anchor knows another history than the database. What would be
// handed out then contradicts what was signed.
Result<void> expect_no_fork(const Session& session, const std::filesystem::path& folder,
                            store::Database& reader);

// not_found: nothing has been signed.
Result<ledger::StoredCheckpoint> newest_of(store::Database& reader);

}  // namespace maru::cli
