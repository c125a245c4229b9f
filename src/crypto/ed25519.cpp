#include "crypto/ed25519.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace maru::crypto {

namespace {

static_assert(crypto_sign_SEEDBYTES == std::tuple_size_v<Seed>);
static_assert(crypto_sign_PUBLICKEYBYTES == std::tuple_size_v<PublicKey>);
static_assert(crypto_sign_BYTES == std::tuple_size_v<Signature>);

// Going on without the library would sign with garbage.
void must(bool worked) {
    if (worked) return;
    std::fputs("maru: the cryptographic library failed: Ed25519\n", stderr);
    std::abort();
}

}  // namespace

Ed25519Key Ed25519Key::from_seed(const Seed& seed) {
    must(sodium_init() >= 0);
    Ed25519Key key;
    PublicKey ignored;
    must(crypto_sign_seed_keypair(ignored.data(), key.secret_.data(), seed.data()) == 0);
    return key;
}

Ed25519Key Ed25519Key::generate(const Random& random) {
    Seed seed;
    random(seed);
    const Ed25519Key key = from_seed(seed);
    sodium_memzero(seed.data(), seed.size());
    return key;
}

Ed25519Key::~Ed25519Key() { sodium_memzero(secret_.data(), secret_.size()); }

PublicKey Ed25519Key::public_key() const {
    PublicKey out;
    std::copy(secret_.begin() + 32, secret_.end(), out.begin());
    return out;
}

Seed Ed25519Key::seed() const {
    Seed out;
    std::copy(secret_.begin(), secret_.begin() + 32, out.begin());
    return out;
}

Signature Ed25519Key::sign(ByteView message) const {
    Signature out;
    must(crypto_sign_detached(out.data(), nullptr, message.data(), message.size(), secret_.data()) == 0);
    return out;
}

bool verify_ed25519(const PublicKey& key, ByteView message, ByteView signature) {
    must(sodium_init() >= 0);
    return signature.size() == std::tuple_size_v<Signature> &&
           crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

}  // namespace maru::crypto
