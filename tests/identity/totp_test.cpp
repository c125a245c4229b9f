#include "identity/totp.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace maru::identity {
namespace {

ByteView rfc_secret() { return as_bytes("12345678901234567890"); }

Instant at_second(std::int64_t second) { return Instant(std::chrono::seconds(second)); }

// RFC 6238 appendix B, SHA-1, eight digits.
TEST(Totp, GivesTheCodesOfTheRfc) {
    const std::pair<std::int64_t, std::string_view> vectors[] = {
        {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const auto& [second, code] : vectors)
        EXPECT_EQ(totp_code(rfc_secret(), totp_step(at_second(second)), 8), code) << second;
}

TEST(Totp, TakesTheStepBeforeAndAfterButNoOther) {
    const Instant now = at_second(1111111111);
    const std::int64_t step = totp_step(now);
    for (const std::int64_t away : {-1, 0, 1})
        EXPECT_EQ(match_totp(rfc_secret(), totp_code(rfc_secret(), step + away), now, 0), step + away);
    for (const std::int64_t away : {-2, 2})
        EXPECT_FALSE(match_totp(rfc_secret(), totp_code(rfc_secret(), step + away), now, 0)) << away;
}

TEST(Totp, TakesACodeOnce) {
    const Instant now = at_second(1111111111);
    const std::string code = totp_code(rfc_secret(), totp_step(now));
    EXPECT_TRUE(match_totp(rfc_secret(), code, now, totp_step(now) - 1));
    EXPECT_FALSE(match_totp(rfc_secret(), code, now, totp_step(now)));
}

TEST(Totp, ReadsCodesAsPeopleTypeThem) {
    EXPECT_TRUE(match_totp(rfc_secret(), "287 082", at_second(59), 0));
    EXPECT_TRUE(match_totp(rfc_secret(), "２８７０８２", at_second(59), 0));
    for (const auto* wrong : {"", "28708", "2870820", "28708a", "\xff\xff", "-287082-x"})
        EXPECT_FALSE(match_totp(rfc_secret(), wrong, at_second(59), 0)) << wrong;
}

// RFC 4648 section 10, without padding.
TEST(Base32, IsThatOfTheRfc) {
    EXPECT_EQ(base32(as_bytes("")), "");
    EXPECT_EQ(base32(as_bytes("f")), "MY");
    EXPECT_EQ(base32(as_bytes("fo")), "MZXQ");
    EXPECT_EQ(base32(as_bytes("foobar")), "MZXW6YTBOI");
}

TEST(OtpauthUri, EncodesWhatAppsSplitAt) {
    EXPECT_EQ(otpauth_uri(rfc_secret(), "丸 商事", "a+b@example.jp"),
              "otpauth://totp/%E4%B8%B8%20%E5%95%86%E4%BA%8B:a%2Bb%40example.jp?secret="
              "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E4%B8%B8%20%E5%95%86%E4%BA%8B");
}

// The three finder patterns stand where the standard wants them: seven dark modules after the quiet zone.
TEST(QrCode, IsAPathOfDarkModules) {
    const auto code = qr_code(otpauth_uri(rfc_secret(), "maru", "taro@example.jp"));
    ASSERT_TRUE(code) << code.error().message.en;
    EXPECT_EQ((code->size - 8 - 17) % 4, 0);
    EXPECT_TRUE(code->path.starts_with("M4 4h7v1h-7z"));
    EXPECT_NE(code->path.find("M" + std::to_string(code->size - 11) + " 4h7v1h-7z"), std::string::npos);
    EXPECT_NE(code->path.find("M4 " + std::to_string(code->size - 5) + "h7v1h-7z"), std::string::npos);
    EXPECT_FALSE(qr_code(std::string(3000, 'x')));
    EXPECT_FALSE(qr_code(""));
}

}  // namespace
}  // namespace maru::identity
