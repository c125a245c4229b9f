#include "crypto/sealed_stream.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace maru::crypto {

namespace {

constexpr std::size_t key_size = crypto_secretstream_xchacha20poly1305_KEYBYTES;
constexpr std::size_t header_size = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t sealed_key_size = crypto_box_SEALBYTES + key_size;
static_assert(sealed_key_size + header_size == stream_preface);
static_assert(chunk_overhead == crypto_secretstream_xchacha20poly1305_ABYTES);
static_assert(crypto_box_PUBLICKEYBYTES == sizeof(Hash) && crypto_box_SECRETKEYBYTES == sizeof(Hash));

using Key = std::array<std::uint8_t, key_size>;

void require_library() {
    if (sodium_init() >= 0) return;
    std::fputs("maru: libsodium does not start\n", stderr);
    std::abort();
}

std::unexpected<Error> damaged() {
    return fail(ErrorKind::corrupt, {"暗号化された内容が壊れているか、書き換えられています。",
                                     "the encrypted content is damaged or was changed"});
}

}  // namespace

BoxKeys new_box_keys(const Random& random) {
    require_library();
    Hash seed{};
    random(seed);
    BoxKeys keys;
    crypto_box_seed_keypair(keys.public_key.data(), keys.private_key.data(), seed.data());
    sodium_memzero(seed.data(), seed.size());
    return keys;
}

Hash public_key_of(const Hash& private_key) {
    require_library();
    Hash out{};
    crypto_scalarmult_base(out.data(), private_key.data());
    return out;
}

struct SealingStream::State {
    crypto_secretstream_xchacha20poly1305_state stream{};
    Bytes bound;
    Bytes preface;
};

SealingStream::SealingStream(const Hash& public_key, ByteView bound) : state_(std::make_unique<State>()) {
    require_library();
    state_->bound.assign(bound.begin(), bound.end());
    state_->preface.resize(stream_preface);
    Key key{};
    crypto_secretstream_xchacha20poly1305_keygen(key.data());
    crypto_box_seal(state_->preface.data(), key.data(), key.size(), public_key.data());
    crypto_secretstream_xchacha20poly1305_init_push(&state_->stream, state_->preface.data() + sealed_key_size,
                                                    key.data());
    sodium_memzero(key.data(), key.size());
}

SealingStream::SealingStream(SealingStream&&) noexcept = default;
SealingStream& SealingStream::operator=(SealingStream&&) noexcept = default;
SealingStream::~SealingStream() {
    if (state_) sodium_memzero(&state_->stream, sizeof state_->stream);
}

const Bytes& SealingStream::preface() const { return state_->preface; }

Bytes SealingStream::push(ByteView chunk, Chunk kind) {
    Bytes out(chunk.size() + chunk_overhead);
    const unsigned char tag = kind == Chunk::last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                  : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    crypto_secretstream_xchacha20poly1305_push(&state_->stream, out.data(), nullptr, chunk.data(),
                                               chunk.size(), state_->bound.data(), state_->bound.size(), tag);
    return out;
}

struct OpeningStream::State {
    crypto_secretstream_xchacha20poly1305_state stream{};
    Bytes bound;
};

OpeningStream::OpeningStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
OpeningStream::OpeningStream(OpeningStream&&) noexcept = default;
OpeningStream& OpeningStream::operator=(OpeningStream&&) noexcept = default;
OpeningStream::~OpeningStream() {
    if (state_) sodium_memzero(&state_->stream, sizeof state_->stream);
}

Result<OpeningStream> OpeningStream::begin(ByteView preface, const BoxKeys& keys, ByteView bound) {
    require_library();
    if (preface.size() != stream_preface) return damaged();
    Key key{};
    if (crypto_box_seal_open(key.data(), preface.data(), sealed_key_size, keys.public_key.data(),
                             keys.private_key.data()) != 0)
        return damaged();
    auto state = std::make_unique<State>();
    state->bound.assign(bound.begin(), bound.end());
    const int outcome = crypto_secretstream_xchacha20poly1305_init_pull(
        &state->stream, preface.data() + sealed_key_size, key.data());
    sodium_memzero(key.data(), key.size());
    if (outcome != 0) return damaged();
    return OpeningStream(std::move(state));
}

Result<OpeningStream::Opened> OpeningStream::pull(ByteView chunk) {
    if (chunk.size() < chunk_overhead) return damaged();
    Opened out{Bytes(chunk.size() - chunk_overhead), Chunk::more};
    unsigned char tag = 0;
    const int outcome = crypto_secretstream_xchacha20poly1305_pull(
        &state_->stream, out.bytes.data(), nullptr, &tag, chunk.data(), chunk.size(), state_->bound.data(),
        state_->bound.size());
    if (outcome != 0) return damaged();
    if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL)
        out.kind = Chunk::last;
    else if (tag != crypto_secretstream_xchacha20poly1305_TAG_MESSAGE)
        return damaged();
    return out;
}

}  // namespace maru::crypto
