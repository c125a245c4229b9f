// Asking witnesses (c2sp.org/tlog-witness) to cosign a log's newest checkpoint.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/text.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/note.hpp"
#include "ledger/policy.hpp"
#include "ledger/proof.hpp"

namespace maru::witness {

// The log that wants cosignatures.
struct Submitter {
    ledger::VerifierKey log;
    ledger::SignedCheckpoint newest;
    std::string note;  // newest, verbatim
    // Consistency proof from this size to the newest checkpoint; called by one thread at a time.
    std::function<Result<ledger::Proof>(std::uint64_t old_size)> proof_from;
};

struct Asked {
    ledger::PolicyWitness witness;
    std::uint64_t last_size = 0;  // that it cosigned as far as we know
};

// What became of one witness's cosignature.
struct Outcome {
    enum class Kind {
        cosigned,
        ahead,    // it knows more entries of this log than we have: we were put back
        differs,  // it says that we do not continue what it cosigned: two histories, or a witness's mistake
        refused,  // for another reason, in `words`
        unreachable
    } kind = Kind::unreachable;
    std::string witness;                          // its name in the policy
    std::uint64_t size = 0;                       // that it cosigned last, if it said so
    std::optional<ledger::NoteSignature> line{};  // its cosignature
    std::int64_t time = 0;                        // of it, seconds since 1970
    // ahead and differs: what it cosigned of this log, with the log's own signature, verified. Without it the
    // witness's word stands against ours.
    std::optional<std::string> known{};
    Text words{};  // one line for people
};

// Submits to all of them at once and waits for the slowest; with an older size than the witness's the request
// is repeated from that size. In the order given.
std::vector<Outcome> submit(const Submitter& submitter, std::span<const Asked> witnesses);

}  // namespace maru::witness
