#include "crypto/ed25519.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace maru::crypto {
namespace {

template <class Array>
Array array_of(std::string_view written) {
    Array out{};
    std::ranges::copy(*parse_hex(written), out.begin());
    return out;
}

struct Vector {
    std::string_view seed, key, message, signature;
};

// RFC 8032 section 7.1, TEST 1 to 3.
constexpr Vector vectors[] = {{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                               "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                               "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33"
                               "bacc61e39701cf9b46bd25bf5f0595bbe24"
                               "655141438e7a100b"},
                              {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                               "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                               "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e159"
                               "96e458f3613d0f11d8c387b2eaeb4302aee"
                               "b00d291612bb0c00"},
                              {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                               "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                               "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f"
                               "290ae67f760984dc6594a7c15e9716ed28d"
                               "c027beceea1ec40a"}};

TEST(Ed25519, HasTheVectorsOfTheStandard) {
    for (const Vector& vector : vectors) {
        const auto key = Ed25519Key::from_seed(array_of<Seed>(vector.seed));
        const Bytes message = *parse_hex(vector.message);
        EXPECT_EQ(hex(key.public_key()), vector.key);
        EXPECT_EQ(hex(key.seed()), vector.seed);
        EXPECT_EQ(hex(key.sign(message)), vector.signature);
        EXPECT_TRUE(verify_ed25519(array_of<PublicKey>(vector.key), message, *parse_hex(vector.signature)));
    }
}

TEST(Ed25519, RefusesEveryChangedBitOfSignatureMessageAndKey) {
    const auto key = Ed25519Key::from_seed(Seed{1, 2, 3});
    const Bytes message = {1, 2, 3, 4};
    const Signature signature = key.sign(message);
    for (std::size_t bit = 0; bit < 8 * signature.size(); ++bit) {
        Signature changed = signature;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        EXPECT_FALSE(verify_ed25519(key.public_key(), message, changed)) << bit;
    }
    for (std::size_t bit = 0; bit < 8 * message.size(); ++bit) {
        Bytes changed = message;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        EXPECT_FALSE(verify_ed25519(key.public_key(), changed, signature)) << bit;
    }
    for (std::size_t bit = 0; bit < 256; ++bit) {
        PublicKey changed = key.public_key();
        changed[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
        EXPECT_FALSE(verify_ed25519(changed, message, signature)) << bit;
    }
}

TEST(Ed25519, RefusesSignaturesOfAnotherLengthAndKeysThatMeanNothing) {
    const auto key = Ed25519Key::from_seed(Seed{7});
    const Signature signature = key.sign({});
    EXPECT_TRUE(verify_ed25519(key.public_key(), {}, signature));
    EXPECT_FALSE(verify_ed25519(key.public_key(), {}, ByteView(signature).first(63)));
    EXPECT_FALSE(verify_ed25519(key.public_key(), {}, {}));
    EXPECT_FALSE(verify_ed25519(PublicKey{}, {}, Signature{}));  // a point of small order signs anything
    EXPECT_FALSE(verify_ed25519(PublicKey{1}, {}, Signature{1}));
}

TEST(Ed25519, TakesNewKeysFromTheGivenRandomness) {
    const auto key = Ed25519Key::generate([](std::span<std::uint8_t> out) { std::ranges::fill(out, 9); });
    Seed nines;
    nines.fill(9);
    EXPECT_EQ(key.seed(), nines);
}

}  // namespace
}  // namespace maru::crypto
