// Ed25519 cosignature/v1 (c2sp.org/tlog-cosignature): "at this time, this is the largest consistent tree that
// I have seen of this origin".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "ledger/note.hpp"

namespace maru::ledger {

// "cosignature/v1\ntime <seconds>\n" and the checkpoint's text: what is signed.
std::string cosigned_message(std::int64_t time, std::string_view checkpoint_text);

// Signs a checkpoint's text (Note::text) with a key of type cosignature; time in seconds since 1970, ≥ 0.
NoteSignature cosign(std::string_view checkpoint_text, const SigningKey& cosigner, std::int64_t time);

// The time of a cosignature by `key` (type cosignature). forbidden when it is wrong.
Result<std::int64_t> verify_cosignature(std::string_view checkpoint_text, const NoteSignature& signature,
                                        const VerifierKey& key);

}  // namespace maru::ledger
