// Bodies of the witness protocol (c2sp.org/tlog-witness); no HTTP here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/note.hpp"
#include "ledger/proof.hpp"

namespace maru::ledger {

inline constexpr std::size_t max_witness_request = 128 * 1024 + 64 * 45;   // bytes
inline constexpr std::string_view size_content_type = "text/x.tlog.size";  // of the body of status 409

// POST <submission prefix>/add-checkpoint
struct AddCheckpoint {
    std::uint64_t old_size = 0;
    Proof proof;             // from old_size to the checkpoint's size; empty when old_size is 0
    std::string checkpoint;  // the signed note, verbatim
    bool operator==(const AddCheckpoint&) const = default;
};
std::string to_text(const AddCheckpoint& request);
// invalid (with the line; status 400): malformed, more than 63 hashes, old size above the checkpoint's.
Result<AddCheckpoint> parse_add_checkpoint(std::string_view body);

// Body of status 409: the size that the witness cosigned last.
std::string size_body(std::uint64_t size);
Result<std::uint64_t> parse_size_body(std::string_view body);

// Body of status 200: the cosignatures in it that verify with the keys given; others are ignored. forbidden
// when one by a key given is wrong or none is left.
Result<std::vector<NoteSignature>> accept_cosignatures(const Note& checkpoint, std::string_view body,
                                                       std::span<const VerifierKey> witnesses);

// GET <monitoring prefix>/<this>/checkpoint: SHA-256 of the origin in hex.
std::string origin_hash(std::string_view origin);

}  // namespace maru::ledger
