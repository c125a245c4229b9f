#include "crypto/password.hpp"

#include <gtest/gtest.h>

#include "crypto/hash.hpp"
#include "crypto/hotp.hpp"

namespace maru::crypto {
namespace {

constexpr PasswordCost cheap{.megabytes = 1, .passes = 1};

TEST(Password, MatchesItsHashAndNoOther) {
    const auto stored = hash_password("九つの灯", cheap, random_bytes);
    ASSERT_TRUE(stored);
    EXPECT_TRUE(stored->starts_with("$argon2id$v=19$m=1024,t=1,p=1$")) << *stored;
    EXPECT_TRUE(verify_password("九つの灯", *stored));
    EXPECT_FALSE(verify_password("九つの火", *stored));
    EXPECT_FALSE(verify_password("", *stored));
    EXPECT_NE(*stored, *hash_password("九つの灯", cheap, random_bytes)) << "same salt twice";
}

TEST(Password, MatchesNothingThatIsNoHash) {
    for (const auto* wrong : {"", "password", "$argon2id$", "$2b$10$abcdefghijklmnopqrstuv"})
        EXPECT_FALSE(verify_password("password", wrong)) << wrong;
    EXPECT_FALSE(verify_password("password", std::string(1000, '$')));
}

TEST(Password, KnowsWhenItsCostIsOfYesterday) {
    const auto stored = hash_password("九つの灯", cheap, random_bytes);
    ASSERT_TRUE(stored);
    EXPECT_FALSE(has_other_cost(*stored, cheap));
    EXPECT_TRUE(has_other_cost(*stored, {.megabytes = 2, .passes = 1}));
    EXPECT_TRUE(has_other_cost(*stored, {.megabytes = 1, .passes = 2}));
}

TEST(Password, OfNobodyIsComparedLikeAnyOther) {
    const std::string none = unmatchable_password(cheap);
    EXPECT_FALSE(has_other_cost(none, cheap)) << "as much work as a real one";
    EXPECT_FALSE(verify_password("", none));
}

// RFC 4226 appendix D.
TEST(Hotp, GivesTheCodesOfTheRfc) {
    const std::uint32_t expected[] = {755224, 287082, 359152, 969429, 338314,
                                      254676, 287922, 162583, 399871, 520489};
    for (std::uint64_t counter = 0; counter < 10; ++counter)
        EXPECT_EQ(hotp(as_bytes("12345678901234567890"), counter) % 1'000'000, expected[counter]) << counter;
}

}  // namespace
}  // namespace maru::crypto
