#include <sodium.h>

#include <cstdio>
#include <cstdlib>

#include "crypto/hash.hpp"

namespace maru::crypto {

namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t key_size = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;

// A key of another length is a mistake in the program; encrypting with it would lose the data.
void require_key(ByteView key) {
    if (key.size() == key_size && sodium_init() >= 0) return;
    std::fputs("maru: a sealing key must have 32 bytes\n", stderr);
    std::abort();
}

}  // namespace

Bytes seal(ByteView key, ByteView plain, const Random& random) {
    require_key(key);
    Bytes out(nonce_size + plain.size() + tag_size);
    random(std::span(out).first(nonce_size));
    unsigned long long written = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + nonce_size, &written, plain.data(), plain.size(),
                                               nullptr, 0, nullptr, out.data(), key.data());
    return out;
}

Result<Bytes> open_sealed(ByteView key, ByteView sealed) {
    require_key(key);
    const auto damaged =
        fail(ErrorKind::corrupt, {"暗号化されたデータを開けません。壊れているか、鍵が違います。データと鍵を同"
                                  "じバックアップから復元してください。",
                                  "the encrypted data cannot be opened: it is damaged or the key differs; "
                                  "restore data and key from the same backup"});
    if (sealed.size() < nonce_size + tag_size) return damaged;
    Bytes out(sealed.size() - nonce_size - tag_size);
    unsigned long long written = 0;
    const int outcome = crypto_aead_xchacha20poly1305_ietf_decrypt(
        out.data(), &written, nullptr, sealed.data() + nonce_size, sealed.size() - nonce_size, nullptr, 0,
        sealed.data(), key.data());
    if (outcome != 0) return damaged;
    return out;
}

}  // namespace maru::crypto
