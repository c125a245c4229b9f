#include "crypto/hash.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace maru::crypto {

namespace {

constexpr std::size_t block_size = 64;  // of SHA-256, in bytes

// Hashing fails only when memory is exhausted or OpenSSL is broken. Going on would put wrong hashes into the
// ledger.
void must(bool worked, const char* what) {
    if (worked) return;
    std::fprintf(stderr, "maru: the cryptographic library failed: %s\n", what);
    std::abort();
}

// Fetched once: looking the algorithm up takes longer than hashing a ledger entry.
const EVP_MD* sha256_algorithm() {
    static const EVP_MD* const algorithm = [] {
        const EVP_MD* fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
        must(fetched != nullptr, "EVP_MD_fetch");
        return fetched;
    }();
    return algorithm;
}

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

class Hasher {
public:
    Hasher() : context_(EVP_MD_CTX_new()) { must(context_ != nullptr, "EVP_MD_CTX_new"); }
    void start() {
        must(EVP_DigestInit_ex2(context_.get(), sha256_algorithm(), nullptr) == 1, "EVP_DigestInit");
    }
    void start_from(const Hasher& other) {
        must(EVP_MD_CTX_copy_ex(context_.get(), other.context_.get()) == 1, "EVP_MD_CTX_copy");
    }
    void add(ByteView bytes) {
        must(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1, "EVP_DigestUpdate");
    }
    Hash finish() {
        Hash out;
        must(EVP_DigestFinal_ex(context_.get(), out.data(), nullptr) == 1, "EVP_DigestFinal");
        return out;
    }

private:
    std::unique_ptr<EVP_MD_CTX, FreeContext> context_;
};

Hasher& thread_hasher() {
    static thread_local Hasher hasher;
    return hasher;
}

// HMAC with the padded key already hashed: the salts of one record use one key many times over.
class KeyedHasher {
public:
    ~KeyedHasher() { OPENSSL_cleanse(block_.data(), block_.size()); }

    Hash hmac(ByteView key, ByteView message) {
        use(key);
        work_.start_from(inner_);
        work_.add(message);
        const Hash first = work_.finish();
        work_.start_from(outer_);
        work_.add(first);
        return work_.finish();
    }

private:
    using Block = std::array<std::uint8_t, block_size>;

    void use(ByteView key) {
        Block block{};
        if (key.size() > block_size)
            std::ranges::copy(sha256(key), block.begin());
        else
            std::ranges::copy(key, block.begin());
        if (ready_ && CRYPTO_memcmp(block.data(), block_.data(), block_size) == 0) return;
        block_ = block;
        OPENSSL_cleanse(block.data(), block.size());
        prepare(inner_, 0x36);
        prepare(outer_, 0x5c);
        ready_ = true;
    }

    void prepare(Hasher& hasher, std::uint8_t pad) const {
        Block padded;
        std::ranges::transform(block_, padded.begin(),
                               [pad](std::uint8_t b) { return static_cast<std::uint8_t>(b ^ pad); });
        hasher.start();
        hasher.add(padded);
        OPENSSL_cleanse(padded.data(), padded.size());
    }

    Block block_{};
    bool ready_ = false;
    Hasher inner_, outer_, work_;
};

}  // namespace

Hash sha256(ByteView bytes) {
    Hasher& hasher = thread_hasher();
    hasher.start();
    hasher.add(bytes);
    return hasher.finish();
}

Hash sha256(std::span<const ByteView> parts) {
    Hasher& hasher = thread_hasher();
    hasher.start();
    for (const ByteView part : parts) hasher.add(part);
    return hasher.finish();
}

Hash hmac_sha256(ByteView key, ByteView message) {
    static thread_local KeyedHasher hasher;
    return hasher.hmac(key, message);
}

void random_bytes(std::span<std::uint8_t> out) {
    static const bool ready = sodium_init() >= 0;
    must(ready, "sodium_init");
    randombytes_buf(out.data(), out.size());
}

}  // namespace maru::crypto
