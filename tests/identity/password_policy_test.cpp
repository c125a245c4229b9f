#include "identity/password_policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace maru::identity {
namespace {

using testing::HasSubstr;

PasswordOpinion judge(std::string_view password) {
    return judge_password(password, {"taro.suzuki@example.jp", "鈴木 太郎", "maru"});
}

std::string advice(std::string_view password) {
    std::string all;
    for (const Text& one : judge(password).advice) all += one.ja;
    return all;
}

TEST(PasswordPolicy, TakesLongOnesAndShortOnesThatAreHardToGuess) {
    for (const auto* good :
         {"nine lanterns over water", "錨と灯台と夜の九つの波", "kV7#qz!Wp2", "correct horse battery"})
        EXPECT_TRUE(judge(good).accepted) << good << ": " << advice(good);
}

TEST(PasswordPolicy, SaysWhatIsWrong) {
    EXPECT_THAT(advice("kV7#q"), HasSubstr("12文字以上"));
    EXPECT_THAT(advice("sunshine9"), HasSubstr("12文字以上"));
    EXPECT_THAT(advice("aaaaaaaaaaaaaaaa"), HasSubstr("推測されやすい"));
    EXPECT_THAT(advice("123456789012"), HasSubstr("推測されやすい"));
    EXPECT_THAT(advice("passwordpassword"), HasSubstr("推測されやすい"));
    EXPECT_THAT(advice("Suzuki winter nights"), HasSubstr("自分の氏名"));
    EXPECT_THAT(advice("ＳＵＺＵＫＩ-lantern-42"), HasSubstr("自分の氏名"));
    EXPECT_THAT(advice(std::string(300, 'k')), HasSubstr("256バイト"));
    EXPECT_FALSE(judge(std::string_view("nine lanterns\0 over water", 25)).accepted);
    EXPECT_FALSE(judge("\xff\xfe nine lanterns").accepted);
    EXPECT_FALSE(judge("").accepted);
}

}  // namespace
}  // namespace maru::identity
