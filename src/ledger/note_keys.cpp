#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "crypto/hash.hpp"
#include "ledger/note.hpp"
#include "lines/names.hpp"

namespace maru::ledger {

namespace {

constexpr std::string_view private_prefix = "PRIVATE+KEY+";
constexpr std::size_t max_vkey = 8 * 1024;

std::unexpected<Error> bad_key(std::string_view ja, std::string_view en) {
    return fail(ErrorKind::invalid,
                {fmt::format("鍵として読めません: {}。", ja), fmt::format("this is no key: {}", en)});
}

// "<name>+<hex id>+<base64(type || 32 bytes)>", the form of both kinds of keys.
struct Parts {
    std::string name;
    std::string_view id;
    KeyType type;
    std::array<std::uint8_t, 32> bytes;
};

Result<KeyType> key_type(std::uint8_t byte) {
    if (byte == static_cast<std::uint8_t>(KeyType::ed25519)) return KeyType::ed25519;
    if (byte == static_cast<std::uint8_t>(KeyType::cosignature)) return KeyType::cosignature;
    return bad_key(fmt::format("種類0x{:02x}の鍵には対応していません（0x01と0x04のみ）", byte),
                   fmt::format("type 0x{:02x} is not supported, only 0x01 and 0x04", byte));
}

Result<Parts> split_key(std::string_view text) {
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos || text.size() > max_vkey)
        return bad_key("「名前+鍵番号+Base64」の形ではありません", "it does not look like NAME+ID+BASE64");
    Parts parts{
        TRY(require_key_name(text.substr(0, first))), text.substr(first + 1, second - first - 1), {}, {}};
    if (parts.name.size() > max_key_name)
        return bad_key("名前が255バイトを超えています", "its name has more than 255 bytes");
    const Bytes bytes = TRY(parse_base64(text.substr(second + 1)));
    if (bytes.empty()) return bad_key("鍵の本体がありません", "nothing after the key id");
    parts.type = TRY(key_type(bytes[0]));
    if (bytes.size() != 1 + parts.bytes.size())
        return bad_key(fmt::format("鍵は33バイトですが、{}バイトあります", bytes.size()),
                       fmt::format("a key has 33 bytes, this has {}", bytes.size()));
    std::copy(bytes.begin() + 1, bytes.end(), parts.bytes.begin());
    return parts;
}

Result<void> require_id(std::string_view written, std::uint32_t id) {
    if (written == fmt::format("{:08x}", id)) return {};
    return bad_key(fmt::format("鍵番号は{:08x}のはずです。写し間違いがないか確かめてください", id),
                   fmt::format("its id should be {:08x}; check that it was copied correctly", id));
}

std::string key_text(std::string_view name, std::uint32_t id, KeyType type, ByteView bytes) {
    Bytes typed{static_cast<std::uint8_t>(type)};
    typed.insert(typed.end(), bytes.begin(), bytes.end());
    return fmt::format("{}+{:08x}+{}", name, id, base64(typed));
}

}  // namespace

std::uint32_t key_id(std::string_view name, KeyType type, const crypto::PublicKey& key) {
    const std::array<std::uint8_t, 2> separator{'\n', static_cast<std::uint8_t>(type)};
    const std::array<ByteView, 3> parts{as_bytes(name), separator, key};
    const Hash hash = crypto::sha256(parts);
    return static_cast<std::uint32_t>(hash[0]) << 24 | static_cast<std::uint32_t>(hash[1]) << 16 |
           static_cast<std::uint32_t>(hash[2]) << 8 | hash[3];
}

std::string to_text(const VerifierKey& key) { return key_text(key.name, key.id(), key.type, key.key); }

Result<VerifierKey> parse_verifier_key(std::string_view text) {
    const Parts parts = TRY(split_key(text));
    VerifierKey key{parts.name, parts.type, parts.bytes};
    TRY(require_id(parts.id, key.id()));
    return key;
}

Result<SigningKey> make_signing_key(std::string_view name, KeyType type, const Random& random) {
    TRY(require_own_name(name));
    return SigningKey{std::string(name), type, crypto::Ed25519Key::generate(random)};
}

std::string private_text(const SigningKey& key) {
    return fmt::format("{}{}", private_prefix,
                       key_text(key.name, key.verifier().id(), key.type, key.key.seed()));
}

Result<SigningKey> parse_signing_key(std::string_view text) {
    if (!text.starts_with(private_prefix))
        return bad_key("秘密鍵は「PRIVATE+KEY+」で始まります", "a private key starts with PRIVATE+KEY+");
    const Parts parts = TRY(split_key(text.substr(private_prefix.size())));
    SigningKey key{parts.name, parts.type, crypto::Ed25519Key::from_seed(parts.bytes)};
    TRY(require_id(parts.id, key.verifier().id()));
    return key;
}

SigningKey to_cosigner(SigningKey key) {
    key.type = KeyType::cosignature;
    return key;
}

}  // namespace maru::ledger
