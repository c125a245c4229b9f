// Checkpoints: the size and root of a log as the text of a signed note (c2sp.org/tlog-checkpoint).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "ledger/note.hpp"

namespace maru::ledger {

struct Checkpoint {
    std::string origin;  // names the log; the name of its key
    std::uint64_t size = 0;
    Hash root{};
    std::vector<std::string> extensions;  // lines of other logs; ours have none
    bool operator==(const Checkpoint&) const = default;
};

// The note's text: origin, size, root, extensions, one a line.
std::string to_text(const Checkpoint& checkpoint);
// invalid (with the line): fewer than three lines, empty lines, sizes with leading zeros or ≥ 2^63, roots
// that are not 32 bytes of base64, origins above 255 bytes.
Result<Checkpoint> parse_checkpoint(std::string_view text);

// The signed note. invalid unless the key's name is the origin, and without extensions.
Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);

struct SignedCheckpoint {
    Checkpoint checkpoint;
    Note note;
};
// Parses note and text; verifies nothing.
Result<SignedCheckpoint> parse_signed_checkpoint(std::string_view note);
// … and wants a good signature by a key whose name is the origin (verify_note). Cosignatures count for
// nothing here: see ledger/policy.hpp.
Result<SignedCheckpoint> open_checkpoint(std::string_view note, std::span<const VerifierKey> log_keys);

}  // namespace maru::ledger
