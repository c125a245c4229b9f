#include "ledger/cosignature.hpp"

#include <fmt/core.h>

namespace maru::ledger {

namespace {

constexpr std::size_t time_size = 8;

std::int64_t read_time(ByteView bytes) {
    std::uint64_t time = 0;
    for (const std::uint8_t byte : bytes.first(time_size)) time = time << 8 | byte;
    return static_cast<std::int64_t>(time);
}

}  // namespace

std::string cosigned_message(std::int64_t time, std::string_view checkpoint_text) {
    return fmt::format("cosignature/v1\ntime {}\n{}", time, checkpoint_text);
}

NoteSignature cosign(std::string_view checkpoint_text, const SigningKey& cosigner, std::int64_t time) {
    const std::string message = cosigned_message(time, checkpoint_text);
    const crypto::Signature signature = cosigner.key.sign(as_bytes(message));
    NoteSignature out{cosigner.name, cosigner.verifier().id(), {}};
    for (int shift = 56; shift >= 0; shift -= 8)
        out.signature.push_back(static_cast<std::uint8_t>(time >> shift & 0xff));
    out.signature.insert(out.signature.end(), signature.begin(), signature.end());
    return out;
}

Result<std::int64_t> verify_cosignature(std::string_view checkpoint_text, const NoteSignature& signature,
                                        const VerifierKey& key) {
    const ByteView bytes = signature.signature;
    if (bytes.size() == time_size + std::tuple_size_v<crypto::Signature>) {
        const std::int64_t time = read_time(bytes);
        const std::string message = cosigned_message(time, checkpoint_text);
        if (time >= 0 && crypto::verify_ed25519(key.key, as_bytes(message), bytes.subspan(time_size)))
            return time;
    }
    return fail(
        ErrorKind::forbidden,
        {fmt::format("立会人{}の連署が正しくありません。文面が変えられたか、連署が壊れています。", key.name),
         fmt::format("the cosignature of {} is wrong: the text was changed or the signature is damaged",
                     key.name)});
}

}  // namespace maru::ledger
