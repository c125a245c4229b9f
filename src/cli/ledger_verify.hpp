// maru ledger verify: the organisation's own database, a log in files, an audit pack, a receipt.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "core/result.hpp"
#include "ledger/policy.hpp"
#include "ledger/verify.hpp"

namespace maru::cli {

struct Session;

// What was handed to others.
struct ProofToVerify {
    std::filesystem::path path;              // log folder, pack (folder or zip), receipt
    std::filesystem::path record;            // of a receipt; "" = the .json of the same name
    std::optional<ledger::Policy> believed;  // none: its own key, and the answer says so
    bool key_from_path = false;              // it was given, but is a file of what is to be verified
};

// 0: all of it holds, 1: it does not. Errors: what cannot be looked at.
Result<int> verify(const Session& session, const LedgerCommand& command);

struct LogFiles {
    ledger::FileSource read;
    std::vector<std::string> names;  // of all files that lie there
};

// Of a log that is read by the names of its files. Files that are none of a log do not count against it, but
// are named.
Result<int> verify_log(const Session& session, const ProofToVerify& proof, const LogFiles& files);

// Says why it does not hold, and gives 1; the error itself when nothing could be looked at.
Result<int> refuse(const Session& session, const Error& error);

}  // namespace maru::cli
