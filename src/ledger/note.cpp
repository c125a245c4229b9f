#include "ledger/note.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "crypto/hash.hpp"
#include "ledger/cosignature.hpp"
#include "lines/lines.hpp"
#include "lines/names.hpp"

namespace maru::ledger {

namespace {

constexpr std::string_view dash = "\xe2\x80\x94 ";  // em dash, space
constexpr std::size_t id_size = 4;

void append_id(Bytes& out, std::uint32_t id) {
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(id >> shift & 0xff));
}

std::uint32_t read_id(ByteView bytes) {
    std::uint32_t id = 0;
    for (const std::uint8_t byte : bytes.first(id_size)) id = id << 8 | byte;
    return id;
}

std::unexpected<Error> malformed(Text message) { return fail(ErrorKind::invalid, std::move(message)); }

Result<NoteSignature> parse_line(std::string_view line) {
    if (!line.starts_with(dash))
        return malformed({"署名行は「— 」（U+2014と空白）で始まります。",
                          "a signature line starts with \"— \" (U+2014, space)"});
    line.remove_prefix(dash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos)
        return malformed(
            {"署名行には、名前と署名が必要です。", "a signature line has a name and a signature"});
    NoteSignature out;
    out.name = TRY(require_key_name(line.substr(0, space)));
    const Bytes bytes = TRY(parse_base64(line.substr(space + 1)));
    if (bytes.size() <= id_size)
        return malformed({"署名が短すぎます。途中で切れていないか確かめてください。",
                          "the signature is too short; check that it was copied completely"});
    out.id = read_id(bytes);
    out.signature.assign(bytes.begin() + id_size, bytes.end());
    return out;
}

Result<std::vector<NoteSignature>> parse_lines(Lines lines, std::size_t first_line) {
    std::vector<NoteSignature> out;
    while (!lines.empty()) {
        const auto line = lines.next();
        if (!line)
            return fail_at(first_line + lines.number() - 1,
                           {"行の終わりに改行がありません。", "the line does not end in a newline"});
        auto signature = parse_line(*line);
        if (!signature)
            return std::unexpected(at_line(first_line + lines.number() - 1, std::move(signature).error()));
        if (out.size() == max_note_signatures)
            return malformed({fmt::format("署名が{}件を超えています。", max_note_signatures),
                              fmt::format("more than {} signatures", max_note_signatures)});
        out.push_back(std::move(*signature));
    }
    return out;
}

// Valid UTF-8 without control characters other than newline.
Result<void> require_note_bytes(std::string_view bytes) {
    if (bytes.size() > max_note)
        return malformed(
            {fmt::format("ノートは{}バイトまでですが、{}バイトあります。", max_note, bytes.size()),
             fmt::format("a note has at most {} bytes, this has {}", max_note, bytes.size())});
    std::size_t line = 1;
    for (const char c : bytes) {
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n')
            return fail_at(line, {fmt::format("制御文字（0x{:02x}）は使えません。", static_cast<int>(c)),
                                  fmt::format("control character 0x{:02x}", static_cast<int>(c))});
        if (c == '\n') ++line;
    }
    if (!is_utf8(bytes)) return malformed({"正しいUTF-8ではありません。", "this is no UTF-8"});
    return {};
}

// Wrong signatures of known keys are errors; the time of cosignatures comes out.
Result<GoodSignature> verify_line(const Note& note, const NoteSignature& line, const VerifierKey& key) {
    switch (key.type) {
        case KeyType::cosignature: return GoodSignature{key, TRY(verify_cosignature(note.text, line, key))};
        case KeyType::ed25519:
            if (crypto::verify_ed25519(key.key, as_bytes(note.text), line.signature))
                return GoodSignature{key, {}};
            return fail(
                ErrorKind::forbidden,
                {fmt::format("{}の署名が正しくありません。文面が変えられたか、署名が壊れています。",
                             key.name),
                 fmt::format("the signature of {} is wrong: the text was changed or the signature is damaged",
                             key.name)});
    }
    return fail(ErrorKind::internal, {"鍵の種類が不明です。", "unknown key type"});
}

}  // namespace

std::string to_text(const NoteSignature& signature) {
    Bytes bytes;
    append_id(bytes, signature.id);
    bytes.insert(bytes.end(), signature.signature.begin(), signature.signature.end());
    return fmt::format("{}{} {}\n", dash, signature.name, base64(bytes));
}

Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines) {
    TRY(require_note_bytes(lines));
    return parse_lines(Lines(lines), 1);
}

std::string to_text(const Note& note) {
    std::string out = note.text + "\n";
    for (const NoteSignature& signature : note.signatures) out += to_text(signature);
    return out;
}

Result<Note> parse_note(std::string_view bytes) {
    TRY(require_note_bytes(bytes));
    const std::size_t blank = bytes.rfind("\n\n");
    if (blank == std::string_view::npos)
        return malformed(
            {"本文と署名を分ける空行がありません。", "no blank line between text and signatures"});
    Note note;
    note.text = bytes.substr(0, blank + 1);
    const auto line = static_cast<std::size_t>(std::ranges::count(note.text, '\n')) + 2;
    note.signatures = TRY(parse_lines(Lines(bytes.substr(blank + 2)), line));
    if (note.signatures.empty()) return malformed({"署名がありません。", "the note has no signatures"});
    return note;
}

NoteSignature sign_text(std::string_view text, const SigningKey& key) {
    const crypto::Signature signature = key.key.sign(as_bytes(text));
    return {key.name, key.verifier().id(), Bytes(signature.begin(), signature.end())};
}

Result<std::vector<GoodSignature>> verify_note(const Note& note, std::span<const VerifierKey> keys) {
    std::vector<GoodSignature> good;
    for (const NoteSignature& line : note.signatures) {
        const auto by = [&line](const VerifierKey& key) {
            return key.name == line.name && key.id() == line.id;
        };
        const auto key = std::ranges::find_if(keys, by);
        if (key == keys.end()) continue;
        if (std::ranges::any_of(good, [&](const GoodSignature& g) { return g.key == *key; })) continue;
        good.push_back(TRY(verify_line(note, line, *key)));
    }
    if (!good.empty()) return good;
    return fail(ErrorKind::forbidden,
                {"知っている鍵による署名がありません。鍵（vkey）がこの記録簿のものか確かめてください。",
                 "no signature by a known key; check that the key (vkey) is the one of this log"});
}

}  // namespace maru::ledger
