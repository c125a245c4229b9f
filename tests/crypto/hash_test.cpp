#include "crypto/hash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

namespace maru::crypto {
namespace {

// FIPS 180-4 examples (NIST CSRC, SHA256.pdf).
TEST(Sha256, HasTheVectorsOfTheStandard) {
    EXPECT_EQ(hex(sha256(as_bytes(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(sha256(as_bytes("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, OfPartsIsThatOfTheirConcatenation) {
    const ByteView parts[] = {as_bytes("a"), as_bytes(""), as_bytes("bc")};
    EXPECT_EQ(sha256(parts), sha256(as_bytes("abc")));
}

std::string hmac_hex(ByteView key, ByteView message) { return hex(hmac_sha256(key, message)); }

// RFC 4231 section 4: short key, key shorter than the hash, long key, long key and data.
TEST(Hmac, HasTheVectorsOfTheStandard) {
    EXPECT_EQ(hmac_hex(Bytes(20, 0x0b), as_bytes("Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hmac_hex(as_bytes("Jefe"), as_bytes("what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hmac_hex(Bytes(131, 0xaa), as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    EXPECT_EQ(hmac_hex(Bytes(20, 0xaa), Bytes(50, 0xdd)),
              "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
}

TEST(Hmac, DoesNotConfuseKeysThatAlternateOrRepeat) {
    const Hash first = hmac_sha256(Bytes(32, 1), as_bytes("m"));
    const Hash second = hmac_sha256(Bytes(32, 2), as_bytes("m"));
    EXPECT_NE(first, second);
    EXPECT_EQ(hmac_sha256(Bytes(32, 1), as_bytes("m")), first);
    EXPECT_EQ(hmac_sha256(Bytes(32, 1), as_bytes("m")), first);
    EXPECT_EQ(hmac_sha256(Bytes(32, 2), as_bytes("m")), second);
    Hash elsewhere{};
    std::thread([&] { elsewhere = hmac_sha256(Bytes(32, 1), as_bytes("m")); }).join();
    EXPECT_EQ(elsewhere, first);
}

TEST(RandomBytes, DifferEachTime) {
    Hash first{}, second{};
    random_bytes(first);
    random_bytes(second);
    EXPECT_NE(first, second);
}

void count_up(std::span<std::uint8_t> out) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(0x40 + i);
}

// draft-irtf-cfrg-xchacha-03 appendix A.3.1 has additional data; ours has none, so only the key stream can be
// compared: ciphertext of the same plain text, key and nonce, without its tag.
TEST(Seal, EncryptsLikeTheDraft) {
    const Bytes key = *parse_hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const std::string plain =
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        "sunscreen would be it.";
    const Bytes sealed = seal(key, as_bytes(plain), count_up);
    EXPECT_EQ(hex(ByteView(sealed).first(24)), "404142434445464748494a4b4c4d4e4f5051525354555657");
    EXPECT_EQ(hex(ByteView(sealed).subspan(24, 16)), "bd6d179d3e83d43b9576579493c0e939");
    EXPECT_EQ(sealed.size(), 24 + plain.size() + 16);
}

TEST(Seal, IsOpenedWithItsKeyOnly) {
    const Bytes key(32, 7);
    const Bytes plain = {0, 1, 2, 0, 255};
    const Bytes sealed = seal(key, plain, random_bytes);
    EXPECT_EQ(*open_sealed(key, sealed), plain);
    EXPECT_EQ(open_sealed(Bytes(32, 8), sealed).error().kind, ErrorKind::corrupt);
    EXPECT_EQ(*open_sealed(key, seal(key, Bytes{}, random_bytes)), Bytes{});
}

TEST(Seal, NoticesEveryChangedBitAndEveryCut) {
    const Bytes key(32, 7);
    const Bytes sealed = seal(key, as_bytes("誓約書"), random_bytes);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        Bytes changed = sealed;
        changed[i] ^= 1;
        EXPECT_FALSE(open_sealed(key, changed)) << i;
        EXPECT_FALSE(open_sealed(key, ByteView(sealed).first(i))) << i;
    }
}

}  // namespace
}  // namespace maru::crypto
