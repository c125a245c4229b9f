#include "ledger/checkpoint.hpp"

#include <fmt/core.h>

#include "lines/lines.hpp"
#include "lines/names.hpp"

namespace maru::ledger {

namespace {

Result<std::string_view> filled_line(Lines& lines) {
    const std::string_view line = TRY(lines.next());
    if (!line.empty()) return line;
    return fail_at(lines.number(), {"空行は使えません。", "an empty line"});
}

Result<std::uint64_t> size_line(Lines& lines) {
    const std::string_view line = TRY(filled_line(lines));
    if (const auto size = parse_decimal(line)) return *size;
    return fail_at(lines.number(), {"件数は、先頭に0のない10進数（2^63未満）で書きます。",
                                    "the size is a decimal below 2^63 without leading zeros"});
}

Result<Hash> root_line(Lines& lines) {
    auto root = parse_hash(TRY(filled_line(lines)));
    if (!root) return std::unexpected(at_line(lines.number(), std::move(root).error()));
    return *root;
}

Result<void> require_ours(const Checkpoint& checkpoint, const SigningKey& key) {
    TRY(require_own_name(checkpoint.origin));
    if (key.type == KeyType::ed25519 && key.name == checkpoint.origin && checkpoint.extensions.empty() &&
        checkpoint.size <= max_size)
        return {};
    return fail(
        ErrorKind::invalid,
        {fmt::format(
             "鍵「{}」では、「{}」のチェックポイントに署名できません。鍵の名前と起点名を同じにしてください。",
             key.name, checkpoint.origin),
         fmt::format("the key {} cannot sign checkpoints of {}: key name and origin must be equal", key.name,
                     checkpoint.origin)});
}

}  // namespace

std::string to_text(const Checkpoint& checkpoint) {
    std::string out =
        fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size, base64(checkpoint.root));
    for (const std::string& extension : checkpoint.extensions) out += extension + "\n";
    return out;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
    Lines lines(text);
    Checkpoint out;
    out.origin = TRY(filled_line(lines));
    if (out.origin.size() > max_key_name)
        return fail_at(1, {"起点名（origin）は255バイトまでです。", "the origin has more than 255 bytes"});
    out.size = TRY(size_line(lines));
    out.root = TRY(root_line(lines));
    while (!lines.empty()) out.extensions.emplace_back(TRY(filled_line(lines)));
    return out;
}

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
    TRY(require_ours(checkpoint, key));
    Note note{to_text(checkpoint), {}};
    note.signatures.push_back(sign_text(note.text, key));
    return to_text(note);
}

Result<SignedCheckpoint> parse_signed_checkpoint(std::string_view note) {
    SignedCheckpoint out;
    out.note = TRY(parse_note(note));
    out.checkpoint = TRY(parse_checkpoint(out.note.text));
    return out;
}

Result<SignedCheckpoint> open_checkpoint(std::string_view note, std::span<const VerifierKey> log_keys) {
    SignedCheckpoint out = TRY(parse_signed_checkpoint(note));
    for (const GoodSignature& good : TRY(verify_note(out.note, log_keys)))
        if (good.key.type == KeyType::ed25519 && good.key.name == out.checkpoint.origin) return out;
    return fail(ErrorKind::forbidden,
                {fmt::format("「{}」の記録簿自身の署名がありません。", out.checkpoint.origin),
                 fmt::format("no signature of the log {} itself", out.checkpoint.origin)});
}

}  // namespace maru::ledger
