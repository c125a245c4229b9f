// Signed notes and their keys (c2sp.org/signed-note). Errors: invalid = malformed (with the line), forbidden
// = no signature by a key that we know, or one by such a key that is wrong.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "crypto/ed25519.hpp"

namespace maru::ledger {

inline constexpr std::size_t max_note = 128 * 1024;  // bytes
inline constexpr std::size_t max_note_signatures = 100;
inline constexpr std::size_t max_key_name = 255;  // bytes; also of origins

// Signature type identifiers. Keys of other types are refused; signature lines of other types are unknown
// lines, which are ignored.
enum class KeyType : std::uint8_t {
    ed25519 = 0x01,      // over the note's text
    cosignature = 0x04,  // Ed25519 cosignature/v1 with a time (ledger/cosignature.hpp)
};

// SHA-256(name || "\n" || type || public key), first four bytes, big-endian.
std::uint32_t key_id(std::string_view name, KeyType type, const crypto::PublicKey& key);

struct VerifierKey {
    std::string name;
    KeyType type = KeyType::ed25519;
    crypto::PublicKey key{};
    std::uint32_t id() const { return key_id(name, type, key); }
    bool operator==(const VerifierKey&) const = default;
};
// "<name>+<8 hex digits>+<base64>". Parsing compares the key id.
std::string to_text(const VerifierKey& key);
Result<VerifierKey> parse_verifier_key(std::string_view text);

struct SigningKey {
    std::string name;
    KeyType type = KeyType::ed25519;
    crypto::Ed25519Key key;
    VerifierKey verifier() const { return {name, type, key.public_key()}; }
};
// A new key. invalid unless the name can be an origin: 1 … 255 bytes of visible ASCII, no "+".
Result<SigningKey> make_signing_key(std::string_view name, KeyType type, const Random& random);
// Go's form "PRIVATE+KEY+<name>+<hex id>+<base64(0x01 || seed)>"; a cosigner's key is written with 0x04, and
// to_cosigner turns a key of type 0x01 into one (as transparency-dev does).
std::string private_text(const SigningKey& key);
Result<SigningKey> parse_signing_key(std::string_view text);
SigningKey to_cosigner(SigningKey key);

// One line "— <name> base64(id || signature)".
struct NoteSignature {
    std::string name;
    std::uint32_t id = 0;
    Bytes signature;
    bool operator==(const NoteSignature&) const = default;
};
std::string to_text(const NoteSignature& signature);  // with its newline
// Lines of signatures only, as a witness answers.
Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines);

struct Note {
    std::string text;  // ends in a newline; what is signed
    std::vector<NoteSignature> signatures;
    bool operator==(const Note&) const = default;
};
std::string to_text(const Note& note);
Result<Note> parse_note(std::string_view bytes);

// Signs the text with a key of type ed25519. Cosigners sign with cosign().
NoteSignature sign_text(std::string_view text, const SigningKey& key);

// A signature that was verified with one of the keys given.
struct GoodSignature {
    VerifierKey key;
    std::optional<std::int64_t> time;  // of cosignatures, seconds since 1970-01-01T00:00:00Z
};
// Good signatures by the keys given, in the note's order, at most one per key (later lines of one key are
// dropped). Lines by other keys are ignored; one wrong signature by a key given refuses the note, and so does
// having none.
Result<std::vector<GoodSignature>> verify_note(const Note& note, std::span<const VerifierKey> keys);

}  // namespace maru::ledger
