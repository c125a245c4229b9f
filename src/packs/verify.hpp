// Verification of what others are given: audit packs, and single receipts with the record disclosed beside
// them. Nothing is believed but the keys of the policy; errors name the file. Kinds: corrupt and forbidden =
// it does not verify; invalid = malformed; not_found = a file is missing, or nothing to check; unavailable =
// it cannot be read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/day.hpp"
#include "ledger/log.hpp"
#include "ledger/policy.hpp"
#include "packs/disclosure.hpp"

namespace maru::packs {

// Files by name and size, and how to read one.
struct PackFiles {
    std::map<std::string, std::uint64_t> sizes;
    std::function<Result<Bytes>(const std::string& name)> read;
};

bool is_pack(const PackFiles& files);  // has a MANIFEST
bool is_log(const PackFiles& files);   // has a checkpoint

struct VerifiedSheet {
    std::string name;  // "first", "last"
    Day day;
    std::int64_t entries = 0;
    std::string definitions;
};

struct VerifiedPack {
    ledger::TrustedCheckpoint trusted;
    bool own_key = false;  // nobody gave a key: the pack's own was believed
    std::uint64_t files = 0, tiles = 0;
    std::uint64_t receipts = 0, opened = 0, withheld = 0, closed = 0;
    std::uint64_t evidence = 0, time_stamps = 0;
    std::uint64_t stamped = 0;  // entries that the largest stamped checkpoint covers
    std::vector<VerifiedSheet> sheets;
    std::optional<Instant> first_at, last_at;  // of the log's entries, as their envelopes say
};

// Told how many steps of how many are done.
using VerifyProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Manifest and its signature, every file's hash, the whole log, receipts, opened values, the sheets' ledger
// state and definitions, attachments. Without a policy the pack's own keys are believed, and the report says
// so. (Time stamps: only that they are over this log; openssl checks the tokens.)
Result<VerifiedPack> verify_pack(const PackFiles& files, const std::optional<ledger::Policy>& policy,
                                 const VerifyProgress& progress = {});

struct VerifiedReceipt {
    ledger::TrustedCheckpoint trusted;
    std::uint64_t index = 0;
    ledger::Entry entry;
    Disclosure disclosure;
};
// Texts of a .tlog-proof and of the .json beside it.
Result<VerifiedReceipt> verify_record(std::string_view receipt, std::string_view disclosure,
                                      const ledger::Policy& policy);

}  // namespace maru::packs
