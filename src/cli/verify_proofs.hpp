// maru ledger verify on audit packs and receipts.
#pragma once

#include "cli/ledger_verify.hpp"

namespace maru::cli {

// True for a folder with a MANIFEST, and for every regular file: whatever is no receipt must be an archive.
bool is_proof(const std::filesystem::path& path);

// 0: verified, 1: it does not verify. Errors: what cannot be read.
Result<int> verify_proof(const Session& session, const ProofToVerify& proof);

}  // namespace maru::cli
