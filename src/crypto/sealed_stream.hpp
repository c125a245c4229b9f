// A stream that whoever has the public key can write, and only the owner of the private key can read: a fresh
// key for each stream (XChaCha20-Poly1305, libsodium's secretstream), sealed to an X25519 key
// (crypto_box_seal). Chunks cannot be changed, left out, swapped or added, and the end is marked.
#pragma once

#include <cstddef>
#include <memory>

#include "core/bytes.hpp"

namespace maru::crypto {

struct BoxKeys {
    Hash public_key{};
    Hash private_key{};
};
BoxKeys new_box_keys(const Random& random);
Hash public_key_of(const Hash& private_key);

inline constexpr std::size_t stream_preface = 48 + 32 + 24;  // sealed key, header of the stream
inline constexpr std::size_t chunk_overhead = 17;

enum class Chunk { more, last };

class SealingStream {
public:
    // `bound`: what stands in clear beside the stream and must not be changed either. The key comes from the
    // operating system's generator: libsodium takes no other here.
    SealingStream(const Hash& public_key, ByteView bound);
    SealingStream(SealingStream&&) noexcept;
    SealingStream& operator=(SealingStream&&) noexcept;
    ~SealingStream();
    const Bytes& preface() const;  // stream_preface bytes that go before the first chunk
    Bytes push(ByteView chunk, Chunk kind);

private:
    struct State;
    std::unique_ptr<State> state_;
};

class OpeningStream {
public:
    // corrupt: the preface is damaged, or sealed to another key.
    static Result<OpeningStream> begin(ByteView preface, const BoxKeys& keys, ByteView bound);
    OpeningStream(OpeningStream&&) noexcept;
    OpeningStream& operator=(OpeningStream&&) noexcept;
    ~OpeningStream();
    struct Opened {
        Bytes bytes;
        Chunk kind = Chunk::more;
    };
    // corrupt: not the next chunk of this stream.
    Result<Opened> pull(ByteView chunk);

private:
    struct State;
    explicit OpeningStream(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace maru::crypto
