// Receipts: c2sp.org/tlog-proof, an inclusion proof together with the checkpoint that it leads to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "ledger/policy.hpp"
#include "ledger/proof.hpp"

namespace maru::ledger {

inline constexpr std::size_t max_receipt = 256 * 1024;  // bytes

struct Receipt {
    Bytes extra;  // opaque and not authenticated; empty: none
    std::uint64_t index = 0;
    Proof path;              // for the size in the checkpoint
    std::string checkpoint;  // the signed note, verbatim
    bool operator==(const Receipt&) const = default;
};

std::string to_text(const Receipt& receipt);
// invalid (with the line). The checkpoint is parsed, but nothing is verified.
Result<Receipt> parse_receipt(std::string_view text);

// The entry with this leaf hash stands at the receipt's index of a log that the policy believes.
Result<TrustedCheckpoint> verify_receipt(const Receipt& receipt, const Hash& leaf, const Policy& policy);

}  // namespace maru::ledger
