#include "crypto/password.hpp"

#include <fmt/core.h>
#include <sodium.h>

#include <array>

namespace maru::crypto {

namespace {

constexpr std::size_t hash_size = 32;

using Salt = std::array<std::uint8_t, crypto_pwhash_argon2id_SALTBYTES>;

std::string without_padding(ByteView bytes) {
    std::string text = base64(bytes);
    text.erase(text.find_last_not_of('=') + 1);
    return text;
}

std::string phc(const PasswordCost& cost, ByteView salt, ByteView hash) {
    return fmt::format("$argon2id$v=19$m={},t={},p=1${}${}", cost.megabytes * 1024, cost.passes,
                       without_padding(salt), without_padding(hash));
}

std::size_t bytes_of(const PasswordCost& cost) { return static_cast<std::size_t>(cost.megabytes) << 20; }
unsigned long long passes_of(const PasswordCost& cost) {
    return static_cast<unsigned long long>(cost.passes);
}

}  // namespace

// libsodium would take the salt from a generator of its own; randomness is an argument here.
Result<std::string> hash_password(std::string_view password, const PasswordCost& cost, const Random& random) {
    Salt salt{};
    random(salt);
    std::array<std::uint8_t, hash_size> hash{};
    const bool ready = sodium_init() >= 0;
    if (!ready ||
        crypto_pwhash_argon2id(hash.data(), hash.size(), password.data(), password.size(), salt.data(),
                               passes_of(cost), bytes_of(cost), crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0)
        return fail(ErrorKind::unavailable,
                    {fmt::format("パスワードの計算に要るメモリ（{} MB）が足りません。", cost.megabytes),
                     fmt::format("not enough memory to hash a password ({} MB)", cost.megabytes)});
    return phc(cost, salt, hash);
}

bool verify_password(std::string_view password, const std::string& stored) {
    if (sodium_init() < 0 || stored.size() >= crypto_pwhash_argon2id_STRBYTES) return false;
    return crypto_pwhash_argon2id_str_verify(stored.c_str(), password.data(), password.size()) == 0;
}

bool has_other_cost(const std::string& stored, const PasswordCost& cost) {
    return crypto_pwhash_argon2id_str_needs_rehash(stored.c_str(), passes_of(cost), bytes_of(cost)) != 0;
}

// A hash of zeros: finding a password for it is finding a preimage.
std::string unmatchable_password(const PasswordCost& cost) {
    return phc(cost, Salt{}, std::array<std::uint8_t, hash_size>{});
}

}  // namespace maru::crypto
