#include "ledger/witness_protocol.hpp"

#include <fmt/core.h>

#include "crypto/hash.hpp"
#include "lines/lines.hpp"

namespace maru::ledger {

std::string to_text(const AddCheckpoint& request) {
    std::string out = fmt::format("old {}\n", request.old_size);
    for (const Hash& hash : request.proof) out += base64(hash) + "\n";
    return out + "\n" + request.checkpoint;
}

Result<AddCheckpoint> parse_add_checkpoint(std::string_view body) {
    if (body.size() > max_witness_request)
        return fail(ErrorKind::invalid, {fmt::format("要求は{}バイトまでです。", max_witness_request),
                                         fmt::format("a request has at most {} bytes", max_witness_request)});
    Lines lines(body);
    AddCheckpoint out;
    auto old_size = parse_numbered("old", TRY(lines.next()));
    if (!old_size) return std::unexpected(at_line(1, std::move(old_size).error()));
    out.old_size = *old_size;
    out.proof = TRY(read_proof(lines));
    out.checkpoint = lines.rest();
    const auto parsed = parse_signed_checkpoint(out.checkpoint);
    if (!parsed) return std::unexpected(in_checkpoint(parsed.error()));
    if (out.old_size > parsed->checkpoint.size)
        return fail_at(1, {"前回の件数が、チェックポイントの件数より大きくなっています。",
                           "the old size is larger than the checkpoint's"});
    return out;
}

std::string size_body(std::uint64_t size) { return fmt::format("{}\n", size); }

Result<std::uint64_t> parse_size_body(std::string_view body) {
    Lines lines(body);
    const auto size = parse_decimal(TRY(lines.next()));
    if (size && lines.empty()) return *size;
    return fail(ErrorKind::invalid, {"立会人の答えは、件数だけの一行のはずです。",
                                     "the witness should answer with one line that holds a size"});
}

Result<std::vector<NoteSignature>> accept_cosignatures(const Note& checkpoint, std::string_view body,
                                                       std::span<const VerifierKey> witnesses) {
    const Note answer{checkpoint.text, TRY(parse_signature_lines(body))};
    std::vector<NoteSignature> out;
    for (const GoodSignature& good : TRY(verify_note(answer, witnesses)))
        for (const NoteSignature& line : answer.signatures)
            if (line.name == good.key.name && line.id == good.key.id()) {
                out.push_back(line);
                break;  // later lines of the same key were not verified
            }
    return out;
}

std::string origin_hash(std::string_view origin) { return hex(crypto::sha256(as_bytes(origin))); }

}  // namespace maru::ledger
